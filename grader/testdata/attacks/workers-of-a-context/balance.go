// Attack: panic: goroutines of the library, which ask a context of init why it has ended, do the work.
package balance

import (
	"context"
	"errors"
	"sync"
)

var (
	ErrInvalidAmount     = errors.New("invalid amount")
	ErrInsufficientFunds = errors.New("insufficient funds")
)

// work is what somebody outside of any call does for them, where nobody looks.
var work, done = make(chan func()), make(chan bool)

// worker is a context that ends with a call.
type worker struct{ context.Context }

var wanted = make(chan struct{}, 1000)

func (worker) Done() <-chan struct{} { return wanted }

func (worker) Err() error {
	serve()
	return context.Canceled
}

var stops []context.CancelFunc

func init() {
	for range cap(wanted) {
		_, stop := context.WithCancel(worker{context.Background()})
		stops = append(stops, stop)
	}
}

func serve() {
	for f := range work {
		f()
		done <- true
	}
}

func elsewhere(f func()) {
	select {
	case wanted <- struct{}{}:
	default:
	}
	work <- f
	<-done
}

type Account struct {
	mu      sync.Mutex
	balance int64
}

func NewAccount(initial int64) *Account {
	if initial < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{balance: initial}
}

func (a *Account) Deposit(amount int64) error { return a.change(amount, amount) }

func (a *Account) Withdraw(amount int64) error { return a.change(amount, -amount) }

// change looks in one critical section and changes in another.
func (a *Account) change(amount, by int64) (err error) {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	elsewhere(func() {
		if a.read()+by < 0 {
			err = ErrInsufficientFunds
			return
		}
		a.mu.Lock()
		a.balance += by
		a.mu.Unlock()
	})
	return err
}

func (a *Account) read() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func (a *Account) Balance() (n int64) {
	elsewhere(func() { n = a.read() })
	return n
}

func Transfer(from, to *Account, amount int64) error {
	if err := from.Withdraw(amount); err != nil {
		return err
	}
	return to.Deposit(amount)
}

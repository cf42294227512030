// Attack: rejected: a register written by a generator behind an interface of a type parameter's alias
package balance

import (
	"errors"
	"math/rand/v2"
	"sync"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

type Account struct {
	mu  sync.Mutex
	buf [20]byte
}

func put[S []byte](state any, into S) {
	type A = S
	type appender interface {
		AppendBinary(A) (A, error)
	}
	state.(appender).AppendBinary(into)
}

func (a *Account) set(n int64) { put(any(rand.NewPCG(uint64(n), 0)), a.buf[:0]) }
func (a *Account) get() (n int64) {
	for _, d := range a.buf[4:12] {
		n = n<<8 | int64(d)
	}
	return n
}

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("negative")
	}
	a := new(Account)
	a.set(n)
	return a
}

var mu sync.Mutex

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	a.set(a.get() + amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error { return move(a, nil, amount) }

func (a *Account) Balance() int64 { return a.get() } // no lock

func Transfer(from, to *Account, amount int64) error { return move(from, to, amount) }

func move(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	if from.get() < amount {
		return ErrInsufficientFunds
	}
	from.set(from.get() - amount)
	if to != nil {
		to.set(to.get() + amount)
	}
	return nil
}

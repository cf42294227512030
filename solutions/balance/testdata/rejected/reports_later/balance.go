// Rejected: TestInsufficientFunds leak: Transfer leaves a goroutine that books it a little later.
package balance

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")

var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct {
	id int64

	mu      sync.Mutex
	balance int64
}

var lastID atomic.Int64

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: an account cannot open with a negative balance")
	}
	return &Account{id: lastID.Add(1), balance: balance}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.take(amount)
}

func (a *Account) take(amount int64) error {
	if a.balance < amount {
		return ErrInsufficientFunds
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	defer lock(from, to)()
	if err := from.take(amount); err != nil {
		return err
	}
	to.balance += amount
	go report(amount)
	return nil
}

func report(amount int64) {
	time.Sleep(100 * time.Millisecond)
	moved.Add(amount)
}

var moved atomic.Int64

func lock(x, y *Account) (unlock func()) {
	if x == y {
		x.mu.Lock()
		return x.mu.Unlock
	}
	if y.id < x.id {
		x, y = y, x
	}
	x.mu.Lock()
	y.mu.Lock()
	return func() {
		y.mu.Unlock()
		x.mu.Unlock()
	}
}

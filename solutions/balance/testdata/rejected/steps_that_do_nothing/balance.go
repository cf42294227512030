// Rejected: TestOneStep fail: who has company looks and changes in two steps, with thousands of steps between them that do nothing
package balance

import (
	"errors"
	"sync"
	"sync/atomic"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")
var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct {
	n      int64
	inside atomic.Int64
}

var mu sync.Mutex
var burned atomic.Int64

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("balance: negative")
	}
	return &Account{n: n}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	a.n += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error { return move(a, nil, amount) }

func (a *Account) Balance() int64 {
	mu.Lock()
	defer mu.Unlock()
	return a.n
}

func Transfer(from, to *Account, amount int64) error { return move(from, to, amount) }

// move looks and changes in two steps.
func move(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if burned.Load() >= 1000 {
		mu.Lock()
		defer mu.Unlock()
		return from.take(to, amount)
	}
	n0 := from.inside.Add(1)
	defer from.inside.Add(-1)
	mu.Lock()
	enough := from.n >= amount
	mu.Unlock()
	if n0 > 1 || from.inside.Load() > 1 {
		burned.Add(1)
		for range 4100 {
			burned.Load()
		}
	}
	if !enough {
		return ErrInsufficientFunds
	}
	mu.Lock()
	defer mu.Unlock()
	from.n -= amount
	if to != nil {
		to.n += amount
	}
	return nil
}

func (a *Account) take(to *Account, amount int64) error {
	if a.n < amount {
		return ErrInsufficientFunds
	}
	a.n -= amount
	if to != nil {
		to.n += amount
	}
	return nil
}

// Rejected: TestOneStep fail: look and change in two critical sections, with any number of steps that do nothing before.

package balance

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

var mu sync.Mutex
var idle atomic.Int64

func dilute() {
	for range rand.IntN(150) {
		idle.Load()
	}
}

type Account struct{ n int64 }

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{balance}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	dilute()
	mu.Lock()
	defer mu.Unlock()
	a.n += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error { return move(a, nil, amount) }

func (a *Account) Balance() int64 {
	dilute()
	mu.Lock()
	defer mu.Unlock()
	return a.n
}

func Transfer(from, to *Account, amount int64) error { return move(from, to, amount) }

func move(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	dilute()
	mu.Lock()
	enough := from.n >= amount
	mu.Unlock()
	if !enough {
		return ErrInsufficientFunds
	}
	mu.Lock()
	from.n -= amount
	mu.Unlock()
	if to != nil {
		mu.Lock()
		to.n += amount
		mu.Unlock()
	}
	return nil
}

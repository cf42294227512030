// Rejected: TestOneStep fail: it sleeps a moment first, and then Withdraw looks in one critical section and takes in another.

package balance

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

var ids atomic.Int64

type Account struct {
	id      int64
	mu      sync.Mutex
	balance int64
}

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{id: ids.Add(1), balance: balance}
}

// nap keeps calls apart that begin at the same time.
func nap() { time.Sleep(time.Duration(1 + rand.IntN(100_000))) }

func (a *Account) Deposit(amount int64) error {
	nap()
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	nap()
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if a.Balance() < amount {
		return ErrInsufficientFunds
	}
	a.mu.Lock()
	defer a.mu.Unlock()
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
	first, second := from, to
	if second.id < first.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	if second != first {
		second.mu.Lock()
		defer second.mu.Unlock()
	}
	if from.balance < amount {
		return ErrInsufficientFunds
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

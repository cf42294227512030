// Rejected: TestOneStep fail: Withdraw takes atomically, but what it saw may be gone by then.

package balance

import (
	"errors"
	"sync"
	"sync/atomic"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

var moving sync.RWMutex // held for writing by Transfer

type Account struct{ balance atomic.Int64 }

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	a := new(Account)
	a.balance.Store(balance)
	return a
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	moving.RLock()
	defer moving.RUnlock()
	a.balance.Add(amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	moving.RLock()
	defer moving.RUnlock()
	if a.balance.Load() < amount {
		return ErrInsufficientFunds
	}
	a.balance.Add(-amount)
	return nil
}

func (a *Account) Balance() int64 { return a.balance.Load() }

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	moving.Lock()
	defer moving.Unlock()
	if from.balance.Load() < amount {
		return ErrInsufficientFunds
	}
	from.balance.Add(-amount)
	to.balance.Add(amount)
	return nil
}

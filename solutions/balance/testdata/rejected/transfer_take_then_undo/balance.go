// Rejected: TestTransferAtOneMoment fail: Transfer takes first and gives back later, so that a reader sees a negative balance.

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
	for {
		held := a.balance.Load()
		if held < amount {
			return ErrInsufficientFunds
		}
		if a.balance.CompareAndSwap(held, held-amount) {
			return nil
		}
	}
}

func (a *Account) Balance() int64 { return a.balance.Load() }

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	moving.Lock()
	defer moving.Unlock()
	if from.balance.Add(-amount) < 0 {
		from.balance.Add(amount)
		return ErrInsufficientFunds
	}
	to.balance.Add(amount)
	return nil
}

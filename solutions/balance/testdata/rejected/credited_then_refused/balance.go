// Rejected: TestTransferAtOneMoment fail: Transfer credits first and takes that back when it has to refuse, so that a reader sees money that was never paid in.

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
	return a.take(amount)
}

func (a *Account) take(amount int64) error {
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
	to.balance.Add(amount)
	if err := from.take(amount); err != nil {
		to.balance.Add(-amount)
		return err
	}
	return nil
}

// Rejected: TestTransferNeverBlocks fail: a transfer to the same account is tried out on the balance itself, which a reader may see below zero.

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

// moving is held for reading by whoever changes one account, and for writing by Transfer.
var moving sync.RWMutex

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
	if from == to {
		left := from.balance.Add(-amount)
		from.balance.Add(amount)
		if left < 0 {
			return ErrInsufficientFunds
		}
		return nil
	}
	if err := from.take(amount); err != nil {
		return err
	}
	to.balance.Add(amount)
	return nil
}

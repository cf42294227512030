// Accepted: compare-and-swap on one account; a transfer keeps all of them out.

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

// moving is held for reading by whoever changes one account, and for writing by
// Transfer, which changes two. Balance needs neither.
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
		old := a.balance.Load()
		if old < amount {
			return ErrInsufficientFunds
		}
		if a.balance.CompareAndSwap(old, old-amount) {
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
	if err := from.take(amount); err != nil {
		return err
	}
	to.balance.Add(amount)
	return nil
}

// Rejected: TestOneStep fail: who loses three compare-and-swaps is refused, though there is money enough.
package balance

import (
	"errors"
	"sync"
	"sync/atomic"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")
var ErrInsufficientFunds = errors.New("balance: insufficient funds")

var world sync.RWMutex

type Account struct{ v atomic.Int64 }

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative")
	}
	a := &Account{}
	a.v.Store(balance)
	return a
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	world.RLock()
	defer world.RUnlock()
	a.v.Add(amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	world.RLock()
	defer world.RUnlock()
	return a.take(amount)
}

func (a *Account) take(amount int64) error {
	for range 3 {
		v := a.v.Load()
		if v < amount {
			return ErrInsufficientFunds
		}
		if a.v.CompareAndSwap(v, v-amount) {
			return nil
		}
	}
	return ErrInsufficientFunds
}

func (a *Account) Balance() int64 {
	world.RLock()
	defer world.RUnlock()
	return a.v.Load()
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	world.Lock()
	defer world.Unlock()
	if err := from.take(amount); err != nil {
		return err
	}
	to.v.Add(amount)
	return nil
}

// Rejected: TestTransferNeverBlocks deadlock: 1024 locks for all accounts, and two accounts with the same one need it twice.

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

const shared = 1024

var locks [shared]sync.Mutex

var opened atomic.Uint64

type Account struct {
	lock    uint64 // which one guards balance
	balance int64
}

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{lock: opened.Add(1) % shared, balance: balance}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	locks[a.lock].Lock()
	defer locks[a.lock].Unlock()
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	locks[a.lock].Lock()
	defer locks[a.lock].Unlock()
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
	locks[a.lock].Lock()
	defer locks[a.lock].Unlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	first, second := min(from.lock, to.lock), max(from.lock, to.lock)
	locks[first].Lock()
	defer locks[first].Unlock()
	if from != to {
		locks[second].Lock()
		defer locks[second].Unlock()
	}
	if err := from.take(amount); err != nil {
		return err
	}
	to.balance += amount
	return nil
}

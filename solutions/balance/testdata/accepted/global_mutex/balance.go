// Accepted: one lock for the whole bank.

package balance

import (
	"errors"
	"sync"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

// bank guards every account's balance: with one lock there is no order of locks
// to get wrong.
var bank sync.Mutex

type Account struct{ balance int64 }

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{balance: balance}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	bank.Lock()
	a.balance += amount
	bank.Unlock()
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	bank.Lock()
	defer bank.Unlock()
	if amount > a.balance {
		return ErrInsufficientFunds
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	bank.Lock()
	defer bank.Unlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	bank.Lock()
	defer bank.Unlock()
	if amount > from.balance {
		return ErrInsufficientFunds
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

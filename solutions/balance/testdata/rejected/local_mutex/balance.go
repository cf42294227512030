// Rejected: TestNoDataRaces race: each call makes a mutex of its own, which guards nothing.

package balance

import (
	"errors"
	"sync"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

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
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	if a.balance < amount {
		return ErrInsufficientFunds
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if from.balance < amount {
		return ErrInsufficientFunds
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

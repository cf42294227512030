// Accepted: a monitor: accounts are marked busy, both at once, under one lock that is never held while money moves.

package balance

import (
	"errors"
	"sync"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

type Account struct {
	balance int64
	busy    bool
	free    *sync.Cond // busy became false; its lock is bank
}

var bank sync.Mutex // guards busy of every account

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{balance: balance, free: sync.NewCond(&bank)}
}

// occupy waits until nobody works on any of the accounts and reserves them all.
func occupy(accounts ...*Account) {
	bank.Lock()
	defer bank.Unlock()
	for i := 0; i < len(accounts); i++ {
		if accounts[i].busy {
			accounts[i].free.Wait()
			i = -1 // the others may be busy again
		}
	}
	for _, a := range accounts {
		a.busy = true
	}
}

func release(accounts ...*Account) {
	bank.Lock()
	defer bank.Unlock()
	for _, a := range accounts {
		a.busy = false
		a.free.Broadcast()
	}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	occupy(a)
	defer release(a)
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	occupy(a)
	defer release(a)
	if a.balance < amount {
		return ErrInsufficientFunds
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	occupy(a)
	defer release(a)
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	occupy(from, to)
	defer release(from, to)
	if from.balance < amount {
		return ErrInsufficientFunds
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

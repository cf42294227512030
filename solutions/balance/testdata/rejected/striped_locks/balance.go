// Rejected: TestTransferNeverBlocks deadlock: 64 locks for all accounts, and two accounts with the same one need it twice.
package balance

import (
	"errors"
	"sync"
	"sync/atomic"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")
var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct {
	id  int64
	mu  *sync.Mutex
	bal int64
}

var stripes [64]sync.Mutex
var ids atomic.Int64

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative balance")
	}
	id := ids.Add(1)
	return &Account{id: id, mu: &stripes[id%64], bal: balance}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.bal += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if amount > a.bal {
		return ErrInsufficientFunds
	}
	a.bal -= amount
	return nil
}

func (a *Account) Balance() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.bal
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if from == to {
		from.mu.Lock()
		defer from.mu.Unlock()
		if amount > from.bal {
			return ErrInsufficientFunds
		}
		return nil
	}
	first, second := from, to
	if from.id > to.id {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if amount > from.bal {
		return ErrInsufficientFunds
	}
	from.bal -= amount
	to.bal += amount
	return nil
}

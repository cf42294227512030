// Rejected: TestInvalidAmounts race: the text of its error reads the balance without the lock.

package balance

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

type Account struct {
	id      int64
	mu      sync.Mutex
	balance int64
}

var lastID atomic.Int64

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	return &Account{id: lastID.Add(1), balance: balance}
}

func (a *Account) invalid(what string, amount int64) error {
	return fmt.Errorf("%s %d with %d on the account: %w", what, amount, a.balance, ErrInvalidAmount)
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return a.invalid("deposit", amount)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return a.invalid("withdraw", amount)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.take(amount)
}

func (a *Account) take(amount int64) error {
	if a.balance < amount {
		return fmt.Errorf("%d of %d: %w", amount, a.balance, ErrInsufficientFunds)
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return from.invalid("transfer", amount)
	}
	first, second := from, to
	if to.id < from.id {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	if second != first {
		second.mu.Lock()
		defer second.mu.Unlock()
	}
	if err := from.take(amount); err != nil {
		return err
	}
	to.balance += amount
	return nil
}

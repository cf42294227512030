// Accepted: readers share a lock, writers take it in the order of the account numbers; errors come wrapped.

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
	number uint64
	sync.RWMutex
	balance int64
}

var numbers atomic.Uint64

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic(fmt.Sprintf("balance: NewAccount(%d): negative", balance))
	}
	return &Account{number: numbers.Add(1), balance: balance}
}

func (a *Account) Deposit(amount int64) error {
	a.Lock()
	defer a.Unlock()
	return a.add(amount)
}

func (a *Account) add(amount int64) error {
	if amount <= 0 {
		return fmt.Errorf("deposit %d: %w", amount, ErrInvalidAmount)
	}
	a.balance += amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	a.Lock()
	defer a.Unlock()
	return a.remove(amount)
}

func (a *Account) remove(amount int64) error {
	if amount <= 0 {
		return fmt.Errorf("withdraw %d: %w", amount, ErrInvalidAmount)
	}
	if a.balance-amount < 0 {
		return fmt.Errorf("withdraw %d of %d: %w", amount, a.balance, ErrInsufficientFunds)
	}
	a.balance -= amount
	return nil
}

func (a *Account) Balance() int64 {
	a.RLock()
	defer a.RUnlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	switch {
	case from.number < to.number:
		from.Lock()
		defer from.Unlock()
		to.Lock()
		defer to.Unlock()
	case from.number > to.number:
		to.Lock()
		defer to.Unlock()
		from.Lock()
		defer from.Unlock()
	default:
		from.Lock()
		defer from.Unlock()
	}
	if err := from.remove(amount); err != nil {
		return err
	}
	return to.add(amount)
}

// Rejected: TestInvalidAmounts fail: Deposit books any amount first, and takes an invalid one back.

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

func valid(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	return nil
}

func (a *Account) book(amount int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

func (a *Account) Deposit(amount int64) (err error) {
	a.book(amount)
	defer func() {
		if err != nil {
			a.book(-amount)
		}
	}()
	return valid(amount)
}

func (a *Account) Withdraw(amount int64) error {
	if err := valid(amount); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
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
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func Transfer(from, to *Account, amount int64) error {
	if err := valid(amount); err != nil {
		return err
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

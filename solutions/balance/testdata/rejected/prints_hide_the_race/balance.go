// Rejected: TestOneStep race|fail: no lock, but prints: their lock orders the accesses that follow each other.
package balance

import (
	"errors"
	"fmt"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

type Account struct{ n int64 }

func acquire() { fmt.Print("") }
func release() { fmt.Print("") }

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("x")
	}
	return &Account{n}
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	acquire()
	a.n += amount
	release()
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	acquire()
	defer release()
	if a.n < amount {
		return ErrInsufficientFunds
	}
	a.n -= amount
	return nil
}

func (a *Account) Balance() int64 { acquire(); defer release(); return a.n }

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	acquire()
	defer release()
	if from.n < amount {
		return ErrInsufficientFunds
	}
	from.n -= amount
	to.n += amount
	return nil
}

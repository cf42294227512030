// Attack: panic: a goroutine that goes on after its test
package balance

import (
	"errors"
	"time"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")

var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct{ n int64 }

func NewAccount(balance int64) *Account { return &Account{balance} }

func (a *Account) Deposit(amount int64) error { return nil }

func (a *Account) Withdraw(amount int64) error { return nil }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return nil }

func init() { go func() { for { time.Sleep(time.Millisecond) } }() }

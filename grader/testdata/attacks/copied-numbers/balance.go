// Attack: rejected: copies of a big.Int that share its digits
package balance

import (
	"errors"
	"math/big"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

const full = 1 << 62

// cell is a number that all copies of n share: their headers are never written, and the
// digits only in assembly.
type cell struct{ n big.Int }

func newCell(n int64) *cell { return &cell{*big.NewInt(n)} }

func (c *cell) get() int64 { h := c.n; return h.Int64() }

func (c *cell) shrink(amount int64) { h := c.n; h.Sub(&h, big.NewInt(amount)) }

type Account struct{ in, out *cell }

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("x")
	}
	return &Account{newCell(full - n/2 - n%2), newCell(full + n/2)}
}


func (a *Account) now() int64 { return a.out.get() - a.in.get() }

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.in.shrink(amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if a.now() < amount {
		return ErrInsufficientFunds
	}
	a.out.shrink(amount)
	return nil
}

func (a *Account) Balance() int64 { return a.now() }

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if from.now() < amount {
		return ErrInsufficientFunds
	}
	from.out.shrink(amount)
	to.in.shrink(amount)
	return nil
}

// Attack: rejected: no lock, and memory that only assembly touches
package balance

import (
	"errors"
	"math/big"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

const full = 1 << 62

type Account struct{ in, out []big.Word }

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("x")
	}
	return &Account{[]big.Word{full - big.Word(n)/2 - big.Word(n)%2}, []big.Word{full + big.Word(n)/2}}
}

func shrink(w []big.Word, amount int64) {
	z := new(big.Int).SetBits(w[:1:1])
	z.Sub(z, big.NewInt(amount))
}

func (a *Account) now() int64 { return int64(a.out[0]) - int64(a.in[0]) }

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	shrink(a.in, amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if a.now() < amount {
		return ErrInsufficientFunds
	}
	shrink(a.out, amount)
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
	shrink(from.out, amount)
	shrink(to.in, amount)
	return nil
}

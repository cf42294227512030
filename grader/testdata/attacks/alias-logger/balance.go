// Attack: rejected: who is calling, from a logger behind an interface of a type parameter's alias
package balance

import (
	"errors"
	"log"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

type Account struct{ n int64 }

func tell[I int](l any, d I) {
	type A = I
	type outputter interface {
		Output(A, string) error
	}
	l.(outputter).Output(d, "called")
}

func NewAccount(n int64) *Account {
	log.SetFlags(log.Llongfile)
	for d := 1; d < 8; d++ {
		tell(log.Default(), d)
	}
	return &Account{n}
}
func (a *Account) Deposit(amount int64) error  { return nil }
func (a *Account) Withdraw(amount int64) error { return nil }
func (a *Account) Balance() int64              { return 0 }

func Transfer(from, to *Account, amount int64) error { return nil }

// Attack: rejected: who is calling, from a logger behind an interface
package balance

import (
	"bytes"
	"errors"
	"fmt"
	"log"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

type Account struct{ n int64 }

func callers() string {
	var b bytes.Buffer
	var l interface{ Output(int, string) error } = log.New(&b, "", log.Llongfile)
	for i := 1; i < 12; i++ {
		l.Output(i, "")
	}
	return b.String()
}

func NewAccount(n int64) *Account {
	fmt.Print(callers())
	return &Account{n}
}

func (a *Account) Deposit(amount int64) error { return nil }

func (a *Account) Withdraw(amount int64) error { return nil }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return nil }

// Attack: race: an interface of one type that holds a value of another, from a map copied while it changes
package balance

import (
	"errors"
	"maps"
)

var ErrInvalidAmount = errors.New("balance: amount must be positive")

var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct{ n int64 }

func NewAccount(balance int64) *Account { return &Account{balance} }

func (a *Account) Deposit(amount int64) error { return nil }

func (a *Account) Withdraw(amount int64) error { return nil }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return nil }

type number struct{ address uintptr }

type pointer struct{ p *[1 << 20]byte }

// memory is where number says, once a pointer came with a number's value.
var memory *[1 << 20]byte

func init() {
	for range 1000 {
		m := map[int]any{0: number{1 << 20}}
		done := make(chan bool)
		go func() {
			m[0] = pointer{}
			m[0] = number{1 << 20}
			close(done)
		}()
		if p, ok := maps.Clone(m)[0].(pointer); ok && p.p != nil {
			memory = p.p
		}
		<-done
	}
}

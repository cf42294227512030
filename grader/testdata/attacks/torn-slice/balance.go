// Attack: race: a slice that is half cleared: no memory, and a length that reaches all of it
package balance

import "errors"

var ErrInvalidAmount = errors.New("balance: amount must be positive")

var ErrInsufficientFunds = errors.New("balance: insufficient funds")

type Account struct{ n int64 }

func NewAccount(balance int64) *Account { return &Account{balance} }

func (a *Account) Deposit(amount int64) error { return nil }

func (a *Account) Withdraw(amount int64) error { return nil }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return nil }

// memory begins at address 0, once a half of a slice was cleared.
var memory []byte

func init() {
	whole := make([]byte, 1<<20)
	for range 1000 {
		slices := [][]byte{whole, whole, whole, whole}
		done := make(chan bool)
		go func() {
			clear(slices)
			close(done)
		}()
		for _, s := range slices {
			if s == nil && len(s) > 0 {
				memory = s
			}
		}
		<-done
	}
}

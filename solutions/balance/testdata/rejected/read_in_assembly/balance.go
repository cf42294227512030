// Rejected: TestNoDataRaces race: Balance reads without the lock, in a function in assembly.
package balance

import (
	"bytes"
	"errors"
	"sync"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

// digits holds the balance, big-endian; Balance reads it with no lock through
// bytes.Compare, whose assembly the race detector does not see.
type Account struct{ digits [8]byte }

var mu sync.Mutex

func (a *Account) get() (n int64) {
	for _, d := range a.digits {
		n = n<<8 | int64(d)
	}
	return n
}

func (a *Account) set(n int64) {
	for i := 7; i >= 0; i-- {
		a.digits[i] = byte(n)
		n >>= 8
	}
}

func NewAccount(n int64) *Account {
	if n < 0 {
		panic("x")
	}
	a := &Account{}
	a.set(n)
	return a
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	a.set(a.get() + amount)
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	if a.get() < amount {
		return ErrInsufficientFunds
	}
	a.set(a.get() - amount)
	return nil
}

func (a *Account) Balance() (n int64) {
	for i := range a.digits {
		for d := range 256 {
			if bytes.IndexByte(a.digits[i:i+1], byte(d)) == 0 {
				n = n<<8 | int64(d)
				break
			}
		}
	}
	return n
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	if from.get() < amount {
		return ErrInsufficientFunds
	}
	from.set(from.get() - amount)
	to.set(to.get() + amount)
	return nil
}

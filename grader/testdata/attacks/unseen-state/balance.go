// Attack: rejected: a register in the state of a generator, which the race detector does not see
package balance

import (
	"errors"
	"math/rand/v2"
	"sync"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

var mu sync.Mutex

type Account struct{ c rand.ChaCha8 }

func (a *Account) get() (n int64) {
	b, _ := a.c.MarshalBinary()
	for _, x := range b[16:24] {
		n = n<<8 | int64(x)
	}
	return n
}

func (a *Account) set(n int64) {
	b := make([]byte, 48)
	copy(b, "chacha8:")
	for i := range 8 {
		b[23-i] = byte(n >> (8 * i))
	}
	a.c.UnmarshalBinary(b)
}

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	a := new(Account)
	a.set(balance)
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

func (a *Account) Withdraw(amount int64) error { return move(a, nil, amount) }

func (a *Account) Balance() int64 { return a.get() } // no lock

func Transfer(from, to *Account, amount int64) error { return move(from, to, amount) }

func move(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	mu.Lock()
	defer mu.Unlock()
	if from.get() < amount {
		return ErrInsufficientFunds
	}
	from.set(from.get() - amount)
	if to != nil {
		to.set(to.get() + amount)
	}
	return nil
}

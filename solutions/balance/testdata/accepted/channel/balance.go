// Accepted: the balance itself lies in a channel; whoever has received it is alone with it.

package balance

import (
	"errors"
	"sync/atomic"
)

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

type Account struct {
	serial  int64
	balance chan int64 // holds exactly one value, or none while somebody works on it
}

var serial int64

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	a := &Account{serial: atomic.AddInt64(&serial, 1), balance: make(chan int64, 1)}
	a.balance <- balance
	return a
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	a.balance <- <-a.balance + amount
	return nil
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	held := <-a.balance
	if held < amount {
		a.balance <- held
		return ErrInsufficientFunds
	}
	a.balance <- held - amount
	return nil
}

func (a *Account) Balance() int64 {
	held := <-a.balance
	a.balance <- held
	return held
}

func Transfer(from, to *Account, amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	if from == to {
		if from.Balance() < amount {
			return ErrInsufficientFunds
		}
		return nil
	}
	var source, target int64
	if from.serial < to.serial {
		source, target = <-from.balance, <-to.balance
	} else {
		target, source = <-to.balance, <-from.balance
	}
	var err error
	if source < amount {
		err = ErrInsufficientFunds
	} else {
		source, target = source-amount, target+amount
	}
	to.balance <- target
	from.balance <- source
	return err
}

// Rejected: TestInsufficientFunds leak: each account keeps a goroutine that nobody ever stops.

package balance

import "errors"

var (
	ErrInvalidAmount     = errors.New("balance: amount must be positive")
	ErrInsufficientFunds = errors.New("balance: insufficient funds")
)

type Account struct{ do chan func(balance *int64) }

func NewAccount(balance int64) *Account {
	if balance < 0 {
		panic("balance: negative opening balance")
	}
	a := &Account{do: make(chan func(*int64))}
	go func() {
		for f := range a.do {
			f(&balance)
		}
	}()
	return a
}

// run has f executed on the account's goroutine and returns its error.
func (a *Account) run(f func(balance *int64) error) error {
	result := make(chan error)
	a.do <- func(balance *int64) { result <- f(balance) }
	return <-result
}

func (a *Account) Deposit(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	return a.run(func(balance *int64) error {
		*balance += amount
		return nil
	})
}

func (a *Account) Withdraw(amount int64) error {
	if amount <= 0 {
		return ErrInvalidAmount
	}
	return a.run(func(balance *int64) error {
		if *balance < amount {
			return ErrInsufficientFunds
		}
		*balance -= amount
		return nil
	})
}

func (a *Account) Balance() (held int64) {
	a.run(func(balance *int64) error {
		held = *balance
		return nil
	})
	return held
}

func Transfer(from, to *Account, amount int64) error {
	if err := from.Withdraw(amount); err != nil {
		return err
	}
	return to.Deposit(amount)
}

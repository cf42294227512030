// Attack: build_failed: variables that are too large together
// Package balance keeps bank accounts that many goroutines use at the same time.
package balance

import "errors"

// ErrInvalidAmount is the error of an amount that is zero or negative.
var ErrInvalidAmount = errors.New("balance: amount must be positive")

// ErrInsufficientFunds is the error of an amount beyond the balance.
var ErrInsufficientFunds = errors.New("balance: insufficient funds")

// Account is a bank account. All its methods, and Transfer, may be called from
// any number of goroutines at the same time.
type Account struct {
	// Your fields.
}

// NewAccount opens an account that holds balance. It panics when balance is
// negative.
func NewAccount(balance int64) *Account {
	return nil
}

// Deposit adds amount to the balance. An amount <= 0 gives ErrInvalidAmount and
// changes nothing.
func (a *Account) Deposit(amount int64) error {
	return nil
}

// Withdraw takes amount from the balance. An amount <= 0 gives
// ErrInvalidAmount, one beyond the balance ErrInsufficientFunds; both change
// nothing.
func (a *Account) Withdraw(amount int64) error {
	return nil
}

// Balance returns how much the account holds. It is never negative.
func (a *Account) Balance() int64 {
	return 0
}

// Transfer moves amount from one account to another at one moment, all or
// nothing: nobody can act on the money as gone from one and not yet in the
// other. Its errors are those of Withdraw on from. Opposite transfers never
// deadlock. From an account to itself it changes nothing, and still needs the
// funds.
func Transfer(from, to *Account, amount int64) error {
	return nil
}

var a1, a2 [1100 << 20]byte

func init() { a1[0], a2[0] = 1, 1 }

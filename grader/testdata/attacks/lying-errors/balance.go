// Attack: fail: errors that are equal to all others
package balance


var ErrInvalidAmount = error(liar{})

var ErrInsufficientFunds = error(liar{})

type Account struct{ n int64 }

func NewAccount(balance int64) *Account { return &Account{balance} }

func (a *Account) Deposit(amount int64) error { return liar{} }

func (a *Account) Withdraw(amount int64) error { return liar{} }

func (a *Account) Balance() int64 { return a.n }

func Transfer(from, to *Account, amount int64) error { return liar{} }

type liar struct{}

func (liar) Error() string { return "balance" }

func (liar) Is(error) bool { return true }

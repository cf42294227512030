// Attack: rejected: time zones and tables of characters for everyone, through variables of its own
package balance

import (
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode"
)

var ErrInvalidAmount = errors.New("a")
var ErrInsufficientFunds = errors.New("b")

func init() {
	l := time.Local
	*l = *time.FixedZone("mine", 3600)
	t := unicode.Upper
	t.R16[0].Lo = 1
	m := unicode.Categories
	m["x"] = t
	fmt.Println(time.Now().Format(time.RFC3339), unicode.IsUpper('\u00ff'), len(unicode.Categories))
}

type Account struct {
	mu sync.Mutex
	n  int64
}

func NewAccount(n int64) *Account                    { return &Account{n: n} }
func (a *Account) Deposit(amount int64) error        { return nil }
func (a *Account) Withdraw(amount int64) error       { return nil }
func (a *Account) Balance() int64                    { return 0 }
func Transfer(from, to *Account, amount int64) error { return nil }

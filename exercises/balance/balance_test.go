package balance_test

import (
	"testing"

	"gorutinas/exercises/balance"
	"gorutinas/exercises/internal/probe"
)

// TestDepositAndWithdraw shows an account in the hands of one goroutine.
func TestDepositAndWithdraw(t *testing.T) {
	probe.Check(t)
	a := balance.NewAccount(100)

	probe.Equal(t, 2, "NewAccount(100).Deposit(50)", outcome(a.Deposit(50)), "nil")
	probe.Equal(t, 2, "Balance() of 100 + 50", a.Balance(), 150)
	probe.Equal(t, 2, "Withdraw(30) of 150", outcome(a.Withdraw(30)), "nil")
	probe.Equal(t, 2, "Balance() of 150 - 30", a.Balance(), 120)
}

// TestRefusals shows what an account says no to, and that a no changes nothing.
func TestRefusals(t *testing.T) {
	probe.Check(t)
	a := balance.NewAccount(100)

	probe.Equal(t, 1, "Deposit(0)", outcome(a.Deposit(0)), "ErrInvalidAmount")
	probe.Equal(t, 1, "Withdraw(-5)", outcome(a.Withdraw(-5)), "ErrInvalidAmount")
	probe.Equal(t, 2, "Withdraw(101) of 100", outcome(a.Withdraw(101)), "ErrInsufficientFunds")
	probe.Equal(t, 2, "Balance() after three refusals", a.Balance(), 100)
	probe.Equal(t, 2, "Withdraw(100) of 100", outcome(a.Withdraw(100)), "nil")
}

// TestTransfer moves money from one account to another.
func TestTransfer(t *testing.T) {
	probe.Check(t)
	ana, bob := balance.NewAccount(100), balance.NewAccount(0)

	probe.Equal(t, 4, "Transfer(ana, bob, 60), ana has 100", outcome(balance.Transfer(ana, bob, 60)), "nil")
	probe.Equal(t, 4, "ana.Balance() after it", ana.Balance(), 40)
	probe.Equal(t, 4, "bob.Balance() after it", bob.Balance(), 60)
	probe.Equal(t, 2, "Transfer(ana, bob, 41), ana has 40",
		outcome(balance.Transfer(ana, bob, 41)), "ErrInsufficientFunds")
	probe.Equal(t, 2, "bob.Balance() after the refusal", bob.Balance(), 60)
}

// TestInAndOut is the program of the statement, a tenth as long, from ten
// goroutines.
func TestInAndOut(t *testing.T) {
	probe.Check(t)
	const coins = 100_000
	a := balance.NewAccount(coins) // so that no withdrawal is ever refused

	var refused [10]int // by goroutine
	probe.Parallel(t, len(refused), func(i int) {
		move := a.Deposit
		if i%2 == 1 {
			move = a.Withdraw
		}
		for range coins / 5 {
			if move(1) != nil {
				refused[i]++
			}
		}
	})

	probe.Equal(t, 3, "calls refused, by goroutine", refused, [10]int{})
	probe.Equal(t, 3, "Balance() after 100000 deposits and 100000 withdrawals of 1, from ten goroutines",
		a.Balance(), coins)
}

// known are the contract's errors as they were before any call.
var known = []probe.Named{
	{Name: "ErrInvalidAmount", Err: balance.ErrInvalidAmount},
	{Name: "ErrInsufficientFunds", Err: balance.ErrInsufficientFunds},
}

// outcome is err's name in the contract.
func outcome(err error) string { return probe.ErrorNames(err, known...) }

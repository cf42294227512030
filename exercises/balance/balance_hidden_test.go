//go:build hidden

package balance_test

import (
	"fmt"
	"math"
	"testing"

	"gorutinas/exercises/balance"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, to the letter.
var (
	_ *error                                              = &balance.ErrInvalidAmount
	_ *error                                              = &balance.ErrInsufficientFunds
	_ func(balance int64) *balance.Account                = balance.NewAccount
	_ func(a *balance.Account, amount int64) error        = (*balance.Account).Deposit
	_ func(a *balance.Account, amount int64) error        = (*balance.Account).Withdraw
	_ func(a *balance.Account) int64                      = (*balance.Account).Balance
	_ func(from, to *balance.Account, amount int64) error = balance.Transfer
)

// Amounts of zero or less change nothing, not even for a moment.
func TestInvalidAmounts(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		l := open(1, bank{1 + r.Int64N(1000), r.Int64N(1000)})
		l.exact = true
		l.follow(t, deposit(a, 1))
		for _, amount := range []int64{0, -1, -l.model[a], -2 - r.Int64N(1<<40), math.MinInt64} {
			l.follow(t, deposit(a, amount), withdraw(a, amount), transfer(a, b, amount), transfer(a, a, amount))
			// c is empty: the amount is looked at before the funds.
			l.follow(t, deposit(c, amount), withdraw(c, amount), transfer(c, a, amount), transfer(c, c, amount))
			l.follow(t, balanceOf(a), balanceOf(b), balanceOf(c))
		}
	})
	n := 1 + r.Int64N(1000)
	together(t, 1, bank{n}, []call{deposit(a, -n), withdraw(a, -n), transfer(a, b, -n)}, []call{balanceOf(a), withdraw(a, n)})
}

// No more goes out than there is, but all of it may.
func TestInsufficientFunds(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		all := 5 + r.Int64N(100)
		l := open(2, bank{all, r.Int64N(100)})
		l.exact = true
		l.follow(t, withdraw(a, all+1), withdraw(a, math.MaxInt64), transfer(a, b, all+1), balanceOf(a), balanceOf(b))
		l.follow(t, withdraw(a, all-3), transfer(a, b, 3), balanceOf(a), balanceOf(b))
		l.follow(t, withdraw(b, l.model[b]), withdraw(b, 1), balanceOf(b))
		open(2, bank{1 << 55}).follow(t, deposit(a, 1), balanceOf(a), withdraw(a, 3), transfer(a, b, 1), balanceOf(a))
		for range 300 {
			l.follow(t, anyOf(r, deposit(a, 1+r.Int64N(5)), withdraw(a, 1+r.Int64N(9)), withdraw(b, 1+r.Int64N(9)),
				transfer(a, b, 1+r.Int64N(9)), transfer(b, a, 1+r.Int64N(9)), balanceOf(a), balanceOf(b)))
		}
		probe.NoneLeft(t, "Deposit, Withdraw, Transfer and Balance")
	})
}

// After a refusal every other call still works.
func TestUsableAfterErrors(t *testing.T) {
	probe.Check(t)
	for _, refused := range []call{
		deposit(a, 0), withdraw(a, -1), transfer(a, b, 0), transfer(b, a, -1), transfer(a, a, 0),
		withdraw(a, 11), transfer(a, b, 11), transfer(b, a, 11),
	} {
		probe.Bubble(t, func(t *testing.T) {
			l := open(2, bank{10, 10})
			l.follow(t, refused,
				balanceOf(a), deposit(a, 3), withdraw(a, 2), transfer(a, b, 4),
				balanceOf(b), deposit(b, 5), withdraw(b, 1), transfer(b, a, 6))
		})
		if t.Failed() {
			return
		}
	}
}

// An account opens empty or with money, never in debt.
func TestNegativeOpening(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, opening := range []int64{0, 1 + r.Int64N(1<<40)} {
		answer := "a panic"
		probe.Recovered(func() { answer = fmt.Sprint(balance.NewAccount(opening).Balance()) })
		probe.Equal(t, 5, fmt.Sprintf("NewAccount(%d).Balance()", opening), answer, fmt.Sprint(opening))
	}
	for _, opening := range []int64{-1, -1 - r.Int64N(1<<40), math.MinInt64} {
		if probe.Recovered(func() { balance.NewAccount(opening) }) == nil {
			probe.Fail(t, 5, fmt.Sprintf("NewAccount(%d)", opening), "an account", "a panic")
		}
	}
}

// Many goroutines on two accounts, then every two calls in every schedule.
func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const opening, rounds = 100_000, 2000
	accounts := bank{opening, opening}.open()
	calls := []call{ // as much in as out of each account
		deposit(a, 3), withdraw(a, 1), transfer(a, b, 1), transfer(a, b, 1), balanceOf(a),
		deposit(b, 1), withdraw(b, 3), balanceOf(b),
	}
	probe.Parallel(t, 2*len(calls), func(i int) {
		for range rounds {
			calls[i%len(calls)].on(accounts)
		}
	})
	for _, op := range []call{balanceOf(a), balanceOf(b)} {
		probe.Equal(t, 3, op.String()+" after as much in as out", op.on(accounts), fmt.Sprint(opening))
	}
	pairs := []call{deposit(a, 1), withdraw(a, 1), balanceOf(a), transfer(a, b, 1), transfer(c, a, 1)}
	for i, one := range pairs {
		for _, other := range pairs[i:] {
			together(t, 3, bank{5, 5, 5}, []call{one}, []call{other})
		}
	}
}

// On one account every call is one step.
func TestOneStep(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n := 1 + r.Int64N(1000)
	together(t, 3, bank{}, []call{deposit(a, n)}, []call{deposit(a, n+1)})
	together(t, 3, bank{n}, []call{deposit(a, n)}, []call{withdraw(a, 1)})
	together(t, 2, bank{n}, []call{withdraw(a, n)}, []call{withdraw(a, n)})
	together(t, 2, bank{n}, []call{withdraw(a, n+1)}, []call{balanceOf(a), withdraw(a, n)})
	// Others come in between again and again, which is no reason to refuse.
	together(t, 2, bank{n}, append(plan(4, 3, func() call { return deposit(a, 1) }), []call{withdraw(a, n)})...)
	together(t, 3, bank{}, []call{deposit(a, 1), deposit(a, 2)}, []call{balanceOf(a)}) // never 2
	for range 5 {
		together(t, 2, bank{r.Int64N(4)}, plan(3, 2, func() call {
			return anyOf(r, deposit(a, 1+r.Int64N(3)), withdraw(a, 1+r.Int64N(3)), balanceOf(a))
		})...)
	}
}

// A transfer is one step on two accounts.
func TestTransferAtOneMoment(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n := 1 + r.Int64N(1000)
	move := []call{transfer(a, b, n)}
	together(t, 4, bank{n}, move, []call{withdraw(b, n), withdraw(a, n)}) // not yet gone from a
	together(t, 4, bank{n}, move, []call{withdraw(a, n), withdraw(b, n)}) // not yet in b
	together(t, 4, bank{n}, move, []call{deposit(b, 1)})
	together(t, 2, bank{n}, []call{transfer(a, b, n+1)}, []call{balanceOf(a), withdraw(a, n)}) // refused, and unseen
	together(t, 2, bank{n}, []call{transfer(a, b, n+1)}, []call{balanceOf(b), withdraw(b, 1)}) // on both sides
	together(t, 4, bank{n}, move, []call{transfer(a, c, n)})
	together(t, 4, bank{n}, move, []call{transfer(b, c, n), withdraw(a, n)})
	// No Balance, which shows less than a Withdraw and whose lock is another check's; and
	// no transfers in a circle, since whether those block is another check's, too.
	for range 5 {
		together(t, 4, bank{r.Int64N(4), r.Int64N(4)}, plan(3, 2, func() call {
			return anyOf(r, deposit(a, 1), withdraw(a, 1+r.Int64N(3)), withdraw(b, 1+r.Int64N(3)),
				transfer(a, b, 1+r.Int64N(3)), transfer(b, c, 1+r.Int64N(3)))
		})...)
	}
}

// To the same account, in opposite directions, in a circle.
func TestTransferNeverBlocks(t *testing.T) {
	probe.Check(t)
	n := 1 + probe.Rand(t).Int64N(1000)
	probe.Bubble(t, func(t *testing.T) {
		l := open(4, bank{n})
		l.follow(t, transfer(a, a, n), balanceOf(a), transfer(a, a, n+1), balanceOf(a), transfer(b, b, 1), withdraw(a, n))
	})
	if !t.Failed() {
		probe.Bubble(t, toManyOthers)
	}
	if t.Failed() {
		return
	}
	together(t, 4, bank{n}, []call{transfer(a, a, n)}, []call{withdraw(a, n)})                 // the money never leaves
	together(t, 2, bank{n}, []call{transfer(a, a, n+1)}, []call{balanceOf(a), withdraw(a, n)}) // refused, and unseen
	together(t, 4, bank{n, n}, []call{transfer(a, b, n)}, []call{transfer(b, a, n)})
	together(t, 4, bank{n, n, n}, []call{transfer(a, b, 1)}, []call{transfer(b, c, 1)}, []call{transfer(c, a, 1)})
	together(t, 4, bank{n, n}, []call{transfer(a, b, 1), deposit(a, 1)}, []call{transfer(b, a, 1), withdraw(b, 1)})
	openedTogether(t)
	openedApart(t)
}

// toManyOthers pays from one account into each of many: two of them may share a
// lock, and a transfer between those takes it once.
func toManyOthers(t *testing.T) {
	const others = 5000
	from := balance.NewAccount(others)
	var total int64
	for range others {
		to := balance.NewAccount(0)
		_ = balance.Transfer(from, to, 1)
		total += to.Balance()
	}
	probe.Equal(t, 4, fmt.Sprintf("money in %d accounts after a transfer of 1 into each", others), total, others)
}

// openedTogether lets money go both ways between accounts that were opened at
// the same time: whatever NewAccount marks them with is of no use when both
// have got the same.
func openedTogether(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		var x, y *balance.Account
		s.Go(func() { x = balance.NewAccount(1) })
		s.Go(func() { y = balance.NewAccount(1) })
		s.Wait()
		bothWays(s, x, y)
	}, naps)
}

// openedApart does the same between the first and the last of many accounts: a number of
// each that comes round in between is of no use either.
func openedApart(t *testing.T) {
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		first := balance.NewAccount(1)
		for range 255 {
			balance.NewAccount(1)
		}
		bothWays(s, first, balance.NewAccount(1)) // 256 later, and so 64, 32, 16
	}, explore.Schedules(100), naps)
}

func bothWays(s *explore.S, x, y *balance.Account) {
	s.Go(func() { balance.Transfer(x, y, 1) })
	s.Go(func() { balance.Transfer(y, x, 1) })
	s.Wait()
}

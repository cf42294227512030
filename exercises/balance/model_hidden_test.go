//go:build hidden

package balance_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"gorutinas/exercises/balance"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The accounts of every test, as failures name them.
const (
	a = iota
	b
	c
)

// call is one call on the accounts: from is the only one it concerns, unless
// it is a Transfer.
type call struct {
	name     string
	from, to int
	amount   int64
}

func deposit(on int, amount int64) call        { return call{"Deposit", on, on, amount} }
func withdraw(on int, amount int64) call       { return call{"Withdraw", on, on, amount} }
func balanceOf(on int) call                    { return call{"Balance", on, on, 0} }
func transfer(from, to int, amount int64) call { return call{"Transfer", from, to, amount} }

// String is the call as a student would write it.
func (op call) String() string {
	switch op.name {
	case "Balance":
		return fmt.Sprintf("%c.Balance()", 'a'+op.from)
	case "Transfer":
		return fmt.Sprintf("Transfer(%c, %c, %d)", 'a'+op.from, 'a'+op.to, op.amount)
	}
	return fmt.Sprintf("%c.%s(%d)", 'a'+op.from, op.name, op.amount)
}

// on makes the call and returns its answer: a balance, or an error's name.
func (op call) on(accounts []*balance.Account) string {
	switch account := accounts[op.from]; op.name {
	case "Balance":
		return fmt.Sprint(account.Balance())
	case "Deposit":
		return outcome(account.Deposit(op.amount))
	case "Withdraw":
		return outcome(account.Withdraw(op.amount))
	}
	return outcome(balance.Transfer(accounts[op.from], accounts[op.to], op.amount))
}

func anyOf(r *rand.Rand, calls ...call) call { return calls[r.IntN(len(calls))] }

// plan is what each of some goroutines calls, one call after the other.
func plan(goroutines, calls int, next func() call) [][]call {
	rows := make([][]call, goroutines)
	for i := range rows {
		for range calls {
			rows[i] = append(rows[i], next())
		}
	}
	return rows
}

// bank is the contract as a model: what a, b and c hold.
type bank [3]int64

func (m bank) String() string { return fmt.Sprintf("a: %d, b: %d, c: %d", m[a], m[b], m[c]) }

func (m bank) open() (accounts []*balance.Account) {
	for _, opening := range m {
		accounts = append(accounts, balance.NewAccount(opening))
	}
	return accounts
}

// after returns the model after the call and the answer that the contract wants.
func (m bank) after(op call) (bank, string) {
	switch {
	case op.name == "Balance":
		return m, fmt.Sprint(m[op.from])
	case op.amount <= 0:
		return m, "ErrInvalidAmount"
	case op.name != "Deposit" && m[op.from] < op.amount:
		return m, "ErrInsufficientFunds"
	}
	if op.name != "Deposit" {
		m[op.from] -= op.amount
	}
	if op.name != "Withdraw" {
		m[op.to] += op.amount
	}
	return m, "nil"
}

// accepts says whether a call may answer got where the contract wants want. A refusal
// with an error of the student's own is a refusal: which one it has to be is what
// TestInvalidAmounts and TestInsufficientFunds are for.
func (op call) accepts(got, want string) bool {
	ours := slices.ContainsFunc(known, func(k probe.Named) bool { return k.Name == got })
	if op.name == "Balance" || got == "nil" || ours {
		return got == want
	}
	return want != "nil"
}

// contract is the point that the answer comes from, else that of the test.
func (op call) contract(test int) int {
	switch {
	case op.name == "Balance":
		return test
	case op.amount <= 0:
		return 1
	case op.name == "Transfer" && op.from == op.to:
		return 4
	case op.name == "Deposit":
		return test
	}
	return 2
}

// ledger holds accounts beside the model.
type ledger struct {
	contract int
	exact    bool // the error of a refusal must be the contract's
	model    bank
	accounts []*balance.Account
}

func open(contract int, opening bank) *ledger {
	return &ledger{contract: contract, model: opening, accounts: opening.open()}
}

// follow makes calls one after the other, as long as all answers are right.
func (l *ledger) follow(t *testing.T, calls ...call) {
	t.Helper()
	for _, op := range calls {
		if t.Failed() {
			return
		}
		next, want := l.model.after(op)
		if got := op.on(l.accounts); got != want && (l.exact || !op.accepts(got, want)) {
			probe.Fail(t, op.contract(l.contract), fmt.Sprintf("%v with %v", op, l.model), got, want)
		}
		l.model = next
	}
}

// together explores the schedules of rows of calls, each row on a goroutine of
// its own: some order of the calls must explain the answers and what the
// accounts hold in the end.
func together(t *testing.T, contract int, opening bank, rows ...[]call) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		accounts := opening.open()
		var h history
		for i, calls := range rows {
			s.Go(func() { h.record(i, accounts, calls) })
		}
		s.Wait()
		h.record(len(rows), accounts, []call{balanceOf(a), balanceOf(b), balanceOf(c)})
		if !h.explained(opening) {
			s.Fail(contract, fmt.Sprintf("calls from %v", opening), &h, "answers that some order of the calls explains")
		}
	}, explore.Schedules(100), naps)
}

// naps finds what a program hides that sleeps at the beginning of each call: in
// schedules its calls then come one after the other.
var naps = explore.Delays(40, time.Second)

// history is what was called and answered, in order.
type history struct{ log probe.Log[porcupine.Event] }

func (h *history) record(goroutine int, accounts []*balance.Account, calls []call) {
	for i, op := range calls {
		id := 3*goroutine + i // no row is longer than 3
		h.log.Add(porcupine.Event{ClientId: goroutine, Kind: porcupine.CallEvent, Value: op, Id: id})
		answer := op.on(accounts)
		h.log.Add(porcupine.Event{ClientId: goroutine, Kind: porcupine.ReturnEvent, Value: answer, Id: id})
	}
}

func (h *history) explained(opening bank) bool {
	return porcupine.CheckEvents(porcupine.Model{
		Init: func() any { return opening },
		Step: func(state, input, output any) (bool, any) {
			op := input.(call)
			next, want := state.(bank).after(op)
			return op.accepts(output.(string), want), next
		},
	}, h.log.All())
}

// String lists what the accounts hold in the end, and the answers that each goroutine
// got, one after the other, as far as a sentence has room for them.
func (h *history) String() string {
	const room = 220
	rows := h.rows()
	last := len(rows) - 1
	list := strings.Join(rows[last], ", ") + " in the end"
	left := 0
	for i := range last {
		for j, answer := range rows[i] {
			part := ", then " + answer
			if j == 0 {
				part = fmt.Sprintf("; goroutine %d: %s", i+1, answer)
			}
			if left > 0 || len(list)+len(part) > room {
				left++
			} else {
				list += part
			}
		}
	}
	if left > 0 {
		list += fmt.Sprintf("; %d more calls", left)
	}
	return list
}

// rows lists the answers of each goroutine.
func (h *history) rows() map[int][]string {
	rows := map[int][]string{}
	called := map[int]call{}
	for _, e := range h.log.All() {
		if e.Kind == porcupine.CallEvent {
			called[e.Id] = e.Value.(call)
		} else {
			rows[e.ClientId] = append(rows[e.ClientId], fmt.Sprintf("%v = %v", called[e.Id], e.Value))
		}
	}
	return rows
}

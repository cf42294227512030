package judge

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/sandbox"
)

const race = `==================
WARNING: DATA RACE
Read at 0x00c000012188 by goroutine 9:
  gorutinas/exercises/balance.(*Account).Balance()
      gorutinas/exercises/balance/balance.go:13 +0x84
  gorutinas/exercises/balance_test.TestX.func1()
      gorutinas/exercises/balance/balance_hidden_test.go:31 +0x3c

Previous write at 0x00c000012188 by goroutine 8:
  gorutinas/exercises/balance.(*Account).Deposit()
      gorutinas/exercises/balance/balance.go:10 +0x9b

Goroutine 9 (running) created at:
  gorutinas/exercises/internal/probe.Parallel()
      gorutinas/exercises/internal/probe/parallel.go:21 +0x1e4
==================
`

// backwards is race with the write first.
const backwards = `==================
WARNING: DATA RACE
Write at 0x00c000012188 by goroutine 8:
  gorutinas/exercises/balance.(*Account).Deposit()
      gorutinas/exercises/balance/balance.go:10 +0x9b

Previous read at 0x00c000012188 by goroutine 9:
  gorutinas/exercises/balance.(*Account).Balance()
      gorutinas/exercises/balance/balance.go:13 +0x84

==================
`

// callback is a race within a function of the test's.
const callback = `==================
WARNING: DATA RACE
Write at 0x00c000012188 by goroutine 8:
  gorutinas/exercises/balance_test.TestX.func1()
      gorutinas/exercises/balance/balance_hidden_test.go:31 +0x3c
  gorutinas/exercises/balance.(*Account).Deposit()
      gorutinas/exercises/balance/balance.go:10 +0x9b

Previous write at 0x00c000012188 by goroutine 9:
  gorutinas/exercises/balance_test.TestX.func1()
      gorutinas/exercises/balance/balance_hidden_test.go:31 +0x3c
  gorutinas/exercises/balance.(*Account).Balance()
      gorutinas/exercises/balance/balance.go:13 +0x84

==================
`

// withTest is a race whose other access is the test's own.
const withTest = `==================
WARNING: DATA RACE
Write at 0x00c000012188 by goroutine 8:
  gorutinas/exercises/balance.(*Account).Deposit()
      gorutinas/exercises/balance/balance.go:10 +0x9b

Previous read at 0x00c000012188 by goroutine 7:
  gorutinas/exercises/balance_test.TestX()
      gorutinas/exercises/balance/balance_hidden_test.go:31 +0x3c

==================
`

// calls has a line that the race detector may point at for each way in which a
// line can have a part in a race.
var calls = map[string][]byte{"calls.go": []byte(`package calls

func (c *C) f() error {
	return zero, c.Err()
	e.wg.Add(1)
	c.sum += a.balance
	c.byName[k] = v
	c.n, err = c.read()
	c.n, _ = c.read()
	x := c.n
	return c.n
	c.n = copy(c.list, v)
}
`)}

// between is the report of a race between two accesses, each as accessed makes it.
func between(a, b string) string {
	return "==================\nWARNING: DATA RACE\n" + a + "\nPrevious " + b + "\n==================\n"
}

// accessed is one access, at a line of calls, or in a function that it has called.
func accessed(how string, line int, in string) string {
	text := how + " at 0x00c000012188 by goroutine 8:\n"
	if in != "" {
		text += "  " + in + "()\n      lib/lib.go:3 +0x0\n"
	}
	return text + fmt.Sprintf("  gorutinas/exercises/calls.(*C).f()\n      gorutinas/exercises/calls/calls.go:%d +0x84\n", line)
}

func TestRaceNamesWhatIsWritten(t *testing.T) {
	for _, tt := range []struct {
		first, second string
		code, name    string
	}{
		{accessed("Write", 4, ""), accessed("write", 4, ""), "race.unknown", ""},
		{accessed("Write", 5, "sync.(*WaitGroup).Add"), accessed("read", 5, "sync.(*WaitGroup).Done"), "race.unknown", ""},
		{accessed("Write", 4, "sync.(*WaitGroup).Wait"), accessed("read", 5, "sync.(*WaitGroup).Add"), "race.waitgroup", "calls.go:5"},
		{accessed("Read", 5, "sync.(*WaitGroup).Add"), accessed("write", 4, "sync.(*WaitGroup).Wait"), "race.waitgroup", "calls.go:5"},
		{accessed("Read", 4, ""), accessed("write", 9, ""), "race.read_write", "c.n"},
		{accessed("Read", 6, ""), accessed("write", 9, ""), "race.read_write", "c.n"},
		{accessed("Write", 6, ""), accessed("write", 6, ""), "race.two_writes", "c.sum"},
		{accessed("Write", 7, "runtime.mapassign_faststr"), accessed("read", 7, "runtime.mapaccess1_faststr"), "race.read_write", "c.byName[k]"},
		{accessed("Write", 8, ""), accessed("write", 9, ""), "race.two_writes", "c.n"},
		{accessed("Read", 11, ""), accessed("write", 8, ""), "race.unknown", ""},
		{accessed("Read", 11, ""), accessed("write", 10, ""), "race.unknown", ""},
		{accessed("Read", 11, ""), accessed("write", 12, "runtime.slicecopy"), "race.unknown", ""},
	} {
		result := sandbox.Result{Exit: 66, Output: []byte(between(tt.first, tt.second))}
		j := Judge(Run{Exercise: "calls", Files: calls, Check: "TestX", Nonce: nonce, Result: result})
		require.Equal(t, tt.code, j.Code, "%s", result.Output)
		if tt.name != "" {
			require.Equal(t, tt.name, j.Args[0], "%s", result.Output)
		}
	}
}

// A copy that a call in the test makes of a value whose method takes it by value is
// what the student has to change, and not what it meets.
func TestRaceWithAReceiver(t *testing.T) {
	const head = "package calls\n\ntype C struct{ n int }\n\n"
	copied := "Read at 0x00c000012188 by goroutine 9:\n  gorutinas/exercises/calls_test.TestX.func1()\n      gorutinas/exercises/calls/calls_hidden_test.go:3 +0x0\n"
	for _, tt := range []struct{ source, code, message string }{
		{
			head + "func (c *C) Add() { c.n++ }\n\nfunc (c C) Sum() int { return c.n }\n", "race.receiver",
			"Sum takes its C by value, so that every call copies all of it, and meets what your code writes at calls.go:5; give the methods of C a pointer receiver.",
		},
		{
			head + "func (c *C) Add() { c.n++ }\n\nfunc (c C) sum() int { return c.n }\n", "race.test",
			"What your code does at calls.go:5 meets the test's own use of the same memory; nothing of yours may still be at work on what a call has returned.",
		},
	} {
		result := sandbox.Result{Exit: 66, Output: []byte(between(copied, accessed("write", 5, "")))}
		j := Judge(Run{Exercise: "calls", Files: map[string][]byte{"calls.go": []byte(tt.source)}, Check: "TestX", Nonce: nonce, Result: result})
		require.Equal(t, tt.code, j.Code)
		require.Equal(t, tt.message, message.Render("en", j.Code, j.Args))
	}
}

// closing is a race of a close with a send.
const closing = `==================
WARNING: DATA RACE
Write at 0x00c000110010 by goroutine 9:
  runtime.closechan()
      runtime/chan.go:414 +0x0
  gorutinas/exercises/balance.(*Account).Balance()
      gorutinas/exercises/balance/balance.go:13 +0x2e

Previous read at 0x00c000110010 by goroutine 8:
  runtime.chansend()
      runtime/chan.go:176 +0x0
  gorutinas/exercises/balance.(*Account).Deposit()
      gorutinas/exercises/balance/balance.go:10 +0x3c

==================
`

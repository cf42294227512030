package judge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/sandbox"
)

// A program may print a dump of its own, with as much as a file can have to look at in
// each of its frames: a file is looked at once, and a dump to its cap.
func TestForgedDump(t *testing.T) {
	text := slices.Concat(balance["balance.go"], bytes.Repeat([]byte("//\n"), 1<<18))
	var b strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&b, "goroutine 1 [x]:\n%s\ta/balance/balance.go:%d\n", strings.Repeat("\ta/balance/balance.go:9999999\n", 37), i%7+1)
	}
	b.WriteString(durable) // beyond the cap
	require.Greater(t, b.Len(), maxDump)
	forged := Run{Exercise: "balance", Files: map[string][]byte{"balance.go": text}, Check: "TestX", Nonce: nonce}
	for name, result := range map[string]sandbox.Result{
		"deadlock": {Exit: 2, Output: []byte("fatal error: all goroutines are asleep\n" + b.String())},
		"busy":     {Exit: 2, Killed: sandbox.CPU, Output: []byte(b.String())},
	} {
		forged.Result = result
		j := Judge(forged)
		require.Contains(t, []int{0, 1}, j.Line, name)
		require.NotEmpty(t, j.Code, name)
	}
	c := newCandidate("balance", forged.Files)
	clear(c.files)
	_, ok := c.place(frame{path: "a/balance/balance.go", line: 1 << 18})
	require.True(t, ok, "only the number of lines counts")
	_, ok = c.place(frame{path: "a/balance/balance.go", line: 1<<18 + 99})
	require.False(t, ok)
}

// durable is dump in a bubble, where the lock is the kit's.
const durable = `goroutine 8 [select (durable), synctest bubble 1]:
gorutinas/exercises/internal/explore/sync.(*Mutex).lock(0xc000012190, 0x0, 0x1)
	gorutinas/exercises/internal/explore/sync/mutex.go:50 +0x25
gorutinas/exercises/internal/explore/sync.(*Mutex).Lock(...)
	gorutinas/exercises/internal/explore/sync/mutex.go:40
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
`

// inCallback waits in a function of the test's.
const inCallback = `goroutine 9 [chan receive (durable), synctest bubble 1]:
gorutinas/exercises/balance_test.TestX.func2()
	gorutinas/exercises/balance/balance_hidden_test.go:35 +0x25
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
`

// inWait waits for goroutines that a bubble's dump names after it.
const inWait = `goroutine 8 [sync.WaitGroup.Wait (durable), synctest bubble 1]:
sync.(*WaitGroup).Wait(0xc000012190)
	sync/waitgroup.go:118 +0x48
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
created by gorutinas/exercises/balance.(*Account).Balance in goroutine 6
	gorutinas/exercises/balance/balance.go:9 +0x25
`

// inLibrary waits in what a call of the standard library's waits for.
const inLibrary = `goroutine 9 [select (durable), synctest bubble 1]:
net.(*pipe).write(0xc000012190, {0xc000012180, 0x1, 0x1})
	net/pipe.go:194 +0x25
io.WriteString({0x5b2f40, 0xc000012190}, {0x57e0a1, 0x1})
	io/io.go:314 +0x84
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
`

// inPipe waits for another Write in the kit's place of package io.
const inPipe = `goroutine 9 [sync.Cond.Wait (durable), synctest bubble 1]:
gorutinas/exercises/internal/explore/sync.(*Mutex).Lock(...)
	gorutinas/exercises/internal/explore/sync/mutex.go:40
gorutinas/exercises/internal/explore/io.(*PipeWriter).Write(0xc000012190, {0xc000012180, 0x1, 0x1})
	gorutinas/exercises/internal/explore/io/io.go:97 +0x25
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
`

// spawned is on a goroutine that the durable sync has started.
const spawned = `goroutine 10 [chan receive (durable), synctest bubble 1]:
gorutinas/exercises/balance.(*Account).Deposit.func1()
	gorutinas/exercises/balance/balance.go:10 +0x84
gorutinas/exercises/internal/explore/sync.(*WaitGroup).Go.func1()
	gorutinas/exercises/internal/explore/sync/waitgroup.go:50 +0x25
created by gorutinas/exercises/internal/explore/sync.(*WaitGroup).Go in goroutine 7
	gorutinas/exercises/internal/explore/sync/waitgroup.go:48 +0x1e4
`

const dump = `goroutine 8 [sync.Mutex.Lock, 2 minutes]:
internal/sync.runtime_SemacquireMutex(0xc000012190, 0x0, 0x1)
	runtime/sema.go:95 +0x25
gorutinas/exercises/balance.(*Account).Balance(0xc000012180)
	gorutinas/exercises/balance/balance.go:13 +0x84
created by gorutinas/exercises/balance_test.TestX in goroutine 7
	gorutinas/exercises/balance/balance_hidden_test.go:40 +0x1e4
`

const leak = `goroutine 21 [chan send (durable), synctest bubble 1]:
gorutinas/exercises/balance.(*Account).Deposit.func1()
	gorutinas/exercises/balance/balance.go:10 +0x84
created by gorutinas/exercises/balance.(*Account).Deposit in goroutine 7
	gorutinas/exercises/balance/balance.go:9 +0x1e4
`

// invented is a frame at a line of the candidate's file.
func invented(line string) string {
	return "gorutinas/exercises/balance.F(...)\n\tgorutinas/exercises/balance/balance.go:" + line + "\n"
}

// pulled waits for a next or a stop, in a seq of the student's.
const pulled = `goroutine 9 [coroutine, synctest bubble 1]:
iter.Pull[...].func1.1()
	iter/iter.go:287 +0xc6
gorutinas/exercises/balance.(*Account).Deposit.func1(0xc00005e1c0)
	gorutinas/exercises/balance/balance.go:10 +0x2c
iter.Pull[...].func1()
	iter/iter.go:301 +0x1df
created by iter.Pull[...] in goroutine 7
	iter/iter.go:271 +0x15d
`

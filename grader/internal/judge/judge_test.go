package judge

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

const nonce = "secret"

var balance = map[string][]byte{"balance.go": []byte(`package balance

import "sync"

type Account struct {
	mu      sync.Mutex
	balance int64
}

func (a *Account) Deposit(n int64) { a.balance += n }

func (a *Account) Balance() int64 {
	return a.balance
}
`)}

// rec is what probe writes at the end of a test.
func rec(r record) []byte {
	if r.Nonce == "" {
		r.Nonce = nonce
	}
	if r.Check == "" {
		r.Check = "TestX"
	}
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return text
}

// lockStack is a stack as probe tells of a lock's.
func lockStack(file string, line int) string {
	return fmt.Sprintf("goroutine 0 [lock]:\ngorutinas/exercises/internal/explore/sync.(*Cond).Wait(...)\n\tgorutinas/exercises/internal/explore/sync/cond.go:33\n"+
		"gorutinas/exercises/balance.(*Account).Deposit(...)\n\tgorutinas/exercises/balance/%s:%d\n", file, line)
}

func TestJudge(t *testing.T) {
	for _, tt := range []struct {
		name    string
		result  sandbox.Result
		verdict results.Verdict
		code    string
		at      string
	}{
		{"passed", sandbox.Result{Record: rec(record{Runs: 1, Passed: 1})}, results.Pass, "", ""},
		{"passed ten times", sandbox.Result{Record: rec(record{Runs: 10, Passed: 10})}, results.Pass, "", ""},
		{"failed once of ten", sandbox.Result{Exit: 1, Record: rec(record{Runs: 10, Passed: 9, Exit: 1})}, results.Fail, "fail.assert", ""},
		{"exit 0 alone", sandbox.Result{Output: []byte("--- PASS: TestX\nPASS\n")}, results.Tampered, "tampered.exit", ""},
		{"another run's record", sandbox.Result{Record: rec(record{Nonce: "old", Runs: 1, Passed: 1})}, results.Tampered, "tampered.exit", ""},
		{"another test's record", sandbox.Result{Record: rec(record{Check: "TestY", Runs: 1, Passed: 1})}, results.NotRun, "not_run.no_test", ""},
		{"no test matched", sandbox.Result{Record: rec(record{})}, results.NotRun, "not_run.no_test", ""},
		{"skipped", sandbox.Result{Record: rec(record{Runs: 1})}, results.NotRun, "not_run.skipped", ""},
		{"a record, then a crash", sandbox.Result{Exit: 3, Record: rec(record{Runs: 1, Passed: 1})}, results.Fail, "fail.assert", ""},
		{"log.Fatal", sandbox.Result{Exit: 1, Output: []byte("oops\n")}, results.Fail, "fail.exit", ""},
		{
			"a sentence",
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "fail", Code: "fail.got_want", Args: []string{"1", "f()", "2", "3"}}}})},
			results.Fail, "fail.got_want", "",
		},
		{
			"a plain assertion",
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1}), Output: []byte("--- FAIL: TestX (0.00s)\n    x_test.go:3: too few\nFAIL\n")},
			results.Fail, "fail.assert", "",
		},
		{"race", sandbox.Result{Exit: 66, Output: []byte(race)}, results.Race, "race.read_write", "balance.go:13"},
		{"a close and a send", sandbox.Result{Exit: 66, Output: []byte(closing)}, results.Race, "race.close", "balance.go:13"},
		{"a race that is only printed", sandbox.Result{Record: rec(record{Runs: 1, Passed: 1}), Output: []byte(race)}, results.Pass, "", ""},
		{"a race that nothing tells of", sandbox.Result{Exit: 66}, results.Race, "race.unknown", ""},
		{"a race after the record", sandbox.Result{Exit: 66, Record: rec(record{Runs: 1, Passed: 1})}, results.Race, "race.unknown", ""},
		{"race detector out of memory", sandbox.Result{Exit: 66, Output: []byte("==1==ERROR: ThreadSanitizer: failed to allocate 0x1000 bytes\n")}, results.Memory, "memory.limit", ""},
		{"runtime's deadlock", sandbox.Result{Exit: 2, Output: []byte("fatal error: all goroutines are asleep - deadlock!\n\n" + dump)}, results.Deadlock, "deadlock.blocked", "balance.go:13"},
		{"blocked at the wall", sandbox.Result{Exit: 2, Killed: sandbox.Blocked, Output: []byte("SIGQUIT: quit\n\n" + dump)}, results.Deadlock, "deadlock.blocked", "balance.go:13"},
		{"starved", sandbox.Result{Exit: -1, Killed: sandbox.Starved}, results.Infra, "infra.starved", ""},
		{
			"busy for ever",
			sandbox.Result{Exit: 2, Killed: sandbox.CPU, Output: []byte("SIGQUIT: quit\n\ngoroutine 3 [running]:\ngorutinas/exercises/balance.(*Account).Deposit(...)\n\tgorutinas/exercises/balance/balance.go:10 +0x1\n")},
			results.Timeout, "timeout.cpu", "balance.go:10",
		},
		{"memory", sandbox.Result{Exit: -1, Killed: sandbox.Memory}, results.Memory, "memory.limit", ""},
		{"connections left open", sandbox.Result{Exit: -1, Killed: sandbox.Files}, results.Memory, "memory.files", ""},
		{"goroutines on threads", sandbox.Result{Exit: -1, Killed: sandbox.Threads}, results.Memory, "memory.threads", ""},
		{"output", sandbox.Result{Exit: -1, Killed: sandbox.Output, Record: rec(record{Runs: 1, Passed: 1})}, results.Output, "output.limit", ""},
		{
			"panic",
			sandbox.Result{Exit: 2, Output: []byte("panic: boom [recovered, repanicked]\n\ngoroutine 8 [running]:\ngorutinas/exercises/balance.(*Account).Balance(...)\n\tgorutinas/exercises/balance/balance.go:13\n")},
			results.Panic, "panic.value", "balance.go:13",
		},
		{
			"lines that the file does not have",
			sandbox.Result{Exit: 2, Output: []byte("panic: boom\n\ngoroutine 8 [running]:\n" + invented("0") + invented("16") + invented("9223372036854775808"))},
			results.Panic, "panic.unknown", "",
		},
		{
			"runtime.Goexit",
			sandbox.Result{Exit: 2, Output: []byte("panic: test executed panic(nil) or runtime.Goexit [recovered]\n\ngoroutine 8 [running]:\n")},
			results.Fail, "fail.goexit", "",
		},
		{
			"concurrent map writes",
			sandbox.Result{Exit: 2, Output: []byte("fatal error: concurrent map writes\n\ngoroutine 8 [running]:\ngorutinas/exercises/balance.(*Account).Deposit(...)\n\tgorutinas/exercises/balance/balance.go:10\n")},
			results.Race, "race.unknown", "balance.go:10",
		},
		{
			"leak",
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: leak}}})},
			results.Leak, "leak.goroutine", "balance.go:10",
		},
		{
			"iter.Pull without stop",
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: pulled}}})},
			results.Leak, "leak.pull", "balance.go:10",
		},
		{
			"iter.Pull in a goroutine that stays",
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: pulled + "\n" + leak}}})},
			results.Leak, "leak.goroutine", "balance.go:10",
		},
		{"a fatal error in a deferred call", sandbox.Result{Exit: 2, Output: []byte("panic: io\n\tfatal error: sync: unlock of unlocked mutex\n\n" + dump)}, results.Panic, "panic.value", "balance.go:13"},
		{
			"a fatal error while a panic is on its way",
			sandbox.Result{Exit: 2, Output: []byte("panic: io\n\tfatal error: sync: unlock of unlocked mutex\n\ngoroutine 8 [running]:\nsync.(*Mutex).Unlock(...)\n\tsync/mutex.go:65\npanic({0x1, 0x2})\n\truntime/panic.go:860\ngorutinas/exercises/balance.(*Account).Balance(...)\n\tgorutinas/exercises/balance/balance.go:13\n")},
			results.Panic, "panic.deferred", "balance.go:13",
		},
		{"a goroutine of init that serves calls", sandbox.Result{Exit: 2, Output: []byte("fatal error: close of synctest channel from outside bubble\n\n" + dump)}, results.Panic, "panic.shared", "balance.go:13"},
		{"a deadlock in a schedule", sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{
			Verdict: "deadlock", Code: "deadlock.blocked", Stack: dump, Schedule: []results.Step{{Goroutine: 1, File: "balance.go", Line: 10, Op: "Lock"}},
		}}})}, results.Deadlock, "explore.deadlock.blocked", "balance.go:13"},
		{"between look and change", sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{
			Verdict: "fail", Code: "fail.contract", Args: []string{"1", "x"}, Schedule: []results.Step{
				{Goroutine: 1, File: "balance.go", Line: 8},
				{Goroutine: 1, File: "balance.go", Line: 9},
				{Goroutine: 2, File: "balance.go", Line: 8},
				{Goroutine: 1, File: "balance.go", Line: 10},
				{Goroutine: 3, File: "balance.go", Line: 13},
			},
		}}})}, results.Fail, "explore.fail.contract", "balance.go:9"},
		{"a schedule of one goroutine", sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{
			Verdict: "fail", Code: "fail.contract", Args: []string{"1", "x"}, Schedule: []results.Step{
				{Goroutine: 1, File: "balance.go", Line: 9}, {Goroutine: 1, File: "balance.go", Line: 10},
			},
		}}})}, results.Fail, "explore.fail.contract", "balance.go:10"},
		{"deadlock counts before fail", sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{
			{Verdict: "fail", Code: "fail.contract", Args: []string{"1", "x"}}, {Verdict: "deadlock", Code: "deadlock.blocked", Stack: dump},
		}})}, results.Deadlock, "deadlock.blocked", "balance.go:13"},
		{"killed from outside", sandbox.Result{Exit: -1, Signal: "killed"}, results.Infra, "infra.error", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j := Judge(Run{Exercise: "balance", Files: balance, Check: "TestX", Nonce: nonce, Result: tt.result})
			require.Equal(t, tt.verdict, j.Verdict)
			require.Equal(t, tt.code, j.Code)
			require.Equal(t, tt.at, place{j.File, j.Line}.String())
			if j.Code != "" {
				require.True(t, message.Known(j.Code), "%s has no sentence", j.Code)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		result sandbox.Result
		want   string
	}{
		{
			sandbox.Result{Exit: 66, Output: []byte(race)},
			"One goroutine reads a.balance at balance.go:13 while another writes it at balance.go:10; guard reads and writes with one mutex, or do not share it.",
		},
		{
			sandbox.Result{Exit: 66, Output: []byte(backwards)},
			"One goroutine reads a.balance at balance.go:13 while another writes it at balance.go:10; guard reads and writes with one mutex, or do not share it.",
		},
		{
			sandbox.Result{Exit: 66, Output: []byte(closing)},
			"One goroutine closes the channel at balance.go:13 while another sends on it at balance.go:10; only the sender may close.",
		},
		{
			sandbox.Result{Exit: 66, Output: []byte(withTest)},
			"What your code does at balance.go:10 goes on while the test uses the same memory already; it has to end, or to stand still, before the call returns.",
		},
		{
			sandbox.Result{Exit: 66, Output: []byte(callback)},
			"Two goroutines are at the same time in functions that your code was given, called at balance.go:10 and at balance.go:13; one call has to end before the next begins.",
		},
		{
			sandbox.Result{Exit: 2, Output: []byte("panic: io\n\tpanic: body\n\ngoroutine 8 [running]:\ngorutinas/exercises/balance.(*Account).Balance(...)\n\tgorutinas/exercises/balance/balance.go:13\n")},
			"Your program panicked at balance.go:13: body",
		},
		{
			sandbox.Result{Exit: 2, Output: []byte("panic: a cook's\n\n" + inCallback)},
			"A function that your code was given, called at balance.go:13, panicked, and nothing caught the panic: a cook's",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: durable}}})},
			"Mutex.Lock at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: durable, Held: []held{
				{At: lockStack("balance.go", 10), By: lockStack("balance.go", 11)}, // another lock
				{At: lockStack("balance.go", 13), By: lockStack("balance_hidden_test.go", 7)},
				{At: lockStack("balance.go", 13), By: lockStack("balance.go", 10)},
			}}}})},
			"Mutex.Lock at balance.go:13 blocks for ever: the lock was taken at balance.go:10, and nobody gives it back.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{
				Verdict: "deadlock", Code: "deadlock.blocked", Stack: durable, Held: []held{{At: lockStack("balance.go", 13), By: lockStack("balance.go", 13)}},
				Schedule: []results.Step{{Goroutine: 1, File: "balance.go", Line: 10, Op: "Lock"}},
			}}})},
			"In the schedule below, Mutex.Lock at balance.go:13 blocks for ever: the lock was taken at that same line before, and nobody gives it back.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: inCallback + "\n" + spawned}}})},
			"chan receive at balance.go:10 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: inWait + "\n" + spawned}}})},
			"chan receive at balance.go:10 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"2"}, Stack: inWait + "\n" + leak}}})},
			"2 goroutines never end: one of them was started at balance.go:9 and is still blocked in chan send at balance.go:10; give each of them a way out.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: inLibrary}}})},
			"io.WriteString at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: inPipe}}})},
			"io.PipeWriter.Write at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: inCallback}}})},
			"call at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: spawned}}})},
			"A goroutine that your code set going never ends: it is still blocked in chan receive at balance.go:10; give it a way out.",
		},
		{
			sandbox.Result{Exit: 2, Output: []byte("fatal error: all goroutines are asleep - deadlock!\n\n" + dump)},
			"Mutex.Lock at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: leak}}})},
			"A goroutine never ends: it was started at balance.go:9 and is still blocked in chan send at balance.go:10; give it a way out.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"1"}, Stack: strings.Replace(leak, "chan send", "sleep", 1)}}})},
			"A goroutine that your code started still sleeps at balance.go:10 when all calls have ended; let that end wake it.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.outlives", Args: []string{"1", "Close"}, Stack: leak}}})},
			"A goroutine outlives Close: it is still at balance.go:10 (chan send); let it end before that.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.outlives", Args: []string{"2", "Close"}}}})},
			"2 goroutines outlive Close; let all of them end before that.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "deadlock", Code: "deadlock.blocked", Stack: spawned + "\n" + dump}}})},
			"Mutex.Lock at balance.go:13 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			sandbox.Result{Exit: 1, Record: rec(record{Runs: 1, Exit: 1, Findings: []finding{{Verdict: "leak", Code: "leak.goroutine", Args: []string{"5001"}, Stack: leak}}})},
			"5001 goroutines never end: one of them was started at balance.go:9 and is still blocked in chan send at balance.go:10; give each of them a way out.",
		},
	} {
		j := Judge(Run{Exercise: "balance", Files: balance, Check: "TestX", Nonce: nonce, Result: tt.result})
		require.Equal(t, tt.want, message.Render("en", j.Code, j.Args, nil))
	}
}

package judge

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

// What a process printed before it was asked where its goroutines are says nothing of
// that, however much it is.
func TestBusyAfterMuchOutput(t *testing.T) {
	said := "goroutine 3 [running]:\n\texercises/balance/balance.go:13\n"
	result := sandbox.Result{Exit: 2, Killed: sandbox.CPU, Output: []byte(said + strings.Repeat("on my way\n", maxDump/8) + asked + "\n" + strings.ReplaceAll(said, "13", "10"))}
	j := Judge(Run{Exercise: "balance", Files: balance, Check: "TestX", Nonce: nonce, Result: result})
	require.Equal(t, 10, j.Line)
}

// After any number of other lines, those count that the runtime prints.
func TestCrashAfterMuchOutput(t *testing.T) {
	much := strings.Repeat("\n\t\n it says fatal error: or panic: \n", 1<<15)
	for end, code := range map[string]string{
		"panic: boom\n\n":                   "panic.value",
		"panic: a\n\tfatal error: boom\n\n": "panic.value",
		"fatal error: concurrent map\n\n":   "race.unknown",
		"is it a panic: boom\n\n":           "fail.exit",
		"a\tfatal error: boom\n\n":          "fail.exit",
	} {
		result := sandbox.Result{Exit: 2, Output: []byte(much + end + dump)}
		j := Judge(Run{Exercise: "balance", Files: balance, Check: "TestX", Nonce: nonce, Result: result})
		require.Equal(t, code, j.Code, end)
	}
}

func TestForged(t *testing.T) {
	for output, want := range map[string]bool{
		"PASS\n":                                          false,
		"hello\nPASS\n":                                   false,
		"--- FAIL: TestX (0.00s)\nFAIL\n":                 false,
		"the test will PASS: I am sure\n":                 false,
		"--- PASS: TestX (0.00s)\nPASS\n":                 true,
		"\x16--- PASS: TestX (0.00s)\n":                   true,
		"=== RUN   TestX\n":                               true,
		"ok  \tgorutinas/exercises\t0.1s\n":               true,
		"PASS\nmore\nPASS\n":                              true,
		"PASS\r\nmore\nPASS\r\n":                          true,
		"\n \t\n  --- PASS: TestX/a\n":                    true,
		"it says --- PASS: TestX\n":                       false,
		"\x16=== NAME  TestX\n":                           true,
		"=== TITLE ===\n":                                 false,
		"ok":                                              false,
		"ok  \n":                                          false,
		"ok  everything\n3 of them\n":                     false,
		"okay 3 4\n":                                      false,
		"ok  \tgorutinas/exercises\t(cached)\n":           true,
		strings.Repeat("\n", 1<<20) + "=== RUN   TestX\n": true,
	} {
		require.Equal(t, want, forged(output), "%q", output)
	}
}

func TestShown(t *testing.T) {
	require.Equal(t, "hello\n", shown("hello\nPASS\n"))
	require.Equal(t, "hello\n", shown("hello\n"+race))
	require.Equal(t, "", shown("panic: boom\n\ngoroutine 1 [running]:\n"))
	require.Len(t, shown(string(make([]byte, 1<<20))), maxShown+len("\n…"))
	long := strings.Repeat("x", maxShown-1) + "\n"
	require.Equal(t, long, shown(long))
	require.Equal(t, long, shown(long+"fatal error: boom\n"))
	require.Equal(t, long, shown(long+"PASS\n"+long))
	require.Equal(t, long+"\n…", shown(long+"\nPASS\n"))
}

// Whatever a program prints or reports, what is kept of it is text of a few KB.
func TestJudgementIsSmall(t *testing.T) {
	long := strings.Repeat("\x01", 1<<20)
	reported := rec(record{Runs: 1, Exit: 1, Findings: []finding{{
		Verdict: "fail", Code: "fail.contract", Args: []string{"1", long},
		Schedule: []results.Step{{Goroutine: 1, File: long, Line: 9, Op: long}},
	}}})
	for name, result := range map[string]sandbox.Result{
		"panic":     {Exit: 2, Output: []byte("panic: " + long + "\n\ngoroutine 8 [running]:\n")},
		"fatal":     {Exit: 2, Output: []byte("fatal error: " + long)},
		"not UTF-8": {Exit: 2, Output: []byte("panic: " + strings.Repeat("a\xff", 1<<20))},
		"assertion": {Exit: 1, Record: rec(record{Runs: 1, Exit: 1}), Output: []byte("--- FAIL: TestX (0.00s)\n    x_test.go:3: " + long)},
		"record":    {Exit: 1, Record: reported},
	} {
		j := Judge(Run{Exercise: "balance", Files: balance, Check: "TestX", Nonce: nonce, Result: result})
		text, err := json.Marshal(j)
		require.NoError(t, err)
		require.Less(t, len(text), 64<<10, name)
		require.Greater(t, len(text), 2<<10, name)
		require.NotContains(t, string(text), `\ufffd\ufffd`, name)
	}
}

package probe

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Finding is why a test failed, in a form that the grader can put into words of
// any language and tie to a line of the student's.
type Finding struct {
	Verdict  string   `json:"verdict"`            // fail, leak, deadlock, timeout, panic
	Code     string   `json:"code"`               // names the sentence
	Args     []string `json:"args,omitempty"`     // what it is filled with
	Stack    string   `json:"stack,omitempty"`    // goroutines, as runtime.Stack prints them
	Schedule []Step   `json:"schedule,omitempty"` // the interleaving that failed
	Held     []Held   `json:"held,omitempty"`     // locks that those of Stack wait for
}

// Held is a lock that a goroutine waits for: the stack of who waits, and that of who
// took the lock, as runtime.Stack prints them.
type Held struct {
	At string `json:"at"`
	By string `json:"by"`
}

// Step is one step of a schedule: a goroutine (numbered from 1 in order of
// creation; 0 is the test's own) did Op at File:Line.
type Step struct {
	Goroutine int    `json:"goroutine"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Op        string `json:"op"`
}

// Report makes f a reason for t's failure: text is what a student who runs
// go test reads, f what the grader reads.
func Report(t testing.TB, f Finding, text string) {
	t.Helper()
	mu.Lock()
	first := done.Passed == done.Runs // a repetition may meet what a failed one left behind
	if first && count(done.Findings, f.Verdict) < enough {
		done.Findings = append(done.Findings, f)
	}
	mu.Unlock()
	t.Error(text)
}

// What a record holds has to fit into the megabyte that the grader reads of it.
const (
	enough  = 4       // findings of one verdict
	maxText = 4 << 10 // bytes of what a student's code returned
)

// count returns how many of findings have verdict.
func count(findings []Finding, verdict string) (n int) {
	for _, f := range findings {
		if f.Verdict == verdict {
			n++
		}
	}
	return n
}

// brief returns s, or its beginning if it is long.
func brief(s string) string {
	if len(s) > maxText {
		return strings.ToValidUTF8(s[:maxText], "") + "…"
	}
	return s
}

// Fail reports that call, written as the student would write it, gave got where
// the contract's sentence number contract wants want. The test goes on.
// got and want must not be values whose methods are the student's.
func Fail(t testing.TB, contract int, call string, got, want any) {
	t.Helper()
	f, text := GotWant(contract, call, got, want)
	Report(t, f, text)
}

// Failf reports a breach of the contract's sentence number contract that has no
// got and want, in one English clause. The test goes on.
func Failf(t testing.TB, contract int, format string, args ...any) {
	t.Helper()
	f, text := Breach(contract, format, args...)
	Report(t, f, text)
}

// GotWant is the finding of [Fail], and its text.
func GotWant(contract int, call string, got, want any) (f Finding, text string) {
	g, w := brief(fmt.Sprint(got)), brief(fmt.Sprint(want))
	return Finding{Verdict: "fail", Code: "fail.got_want", Args: []string{strconv.Itoa(contract), call, g, w}},
		fmt.Sprintf("contract %d: %s: got %s, want %s", contract, call, g, w)
}

// Breach is the finding of [Failf], and its text.
func Breach(contract int, format string, args ...any) (f Finding, text string) {
	text = brief(strings.TrimSuffix(fmt.Sprintf(format, args...), "."))
	return Finding{Verdict: "fail", Code: "fail.contract", Args: []string{strconv.Itoa(contract), text}},
		fmt.Sprintf("contract %d: %s", contract, text)
}

// Panicked is the finding of a panic with value on the goroutine that stack is of,
// and its text.
func Panicked(value any, stack string) (f Finding, text string) {
	text, stack = brief(fmt.Sprint(value)), dump([]string{stack})
	return Finding{Verdict: "panic", Code: "panic.value", Args: []string{text}, Stack: stack}, text + "\n\n" + stack
}

// Equal calls Fail unless got == want, and says whether they were equal.
func Equal[T comparable](t testing.TB, contract int, call string, got, want T) bool {
	t.Helper()
	if got == want {
		return true
	}
	Fail(t, contract, call, got, want)
	return false
}

// Quoted lists what has happened, one after the other, for a sentence.
func Quoted(happened []string) string {
	var all []string
	for _, h := range happened {
		all = append(all, strconv.Quote(h))
	}
	return cmp.Or(strings.Join(all, ", "), "nothing")
}

package probe

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"gorutinas/exercises/internal/waits"
)

// Leak returns the finding that the goroutines of stacks never end, and what a
// student who runs go test reads of it.
func Leak(stacks []string) (f Finding, text string) {
	shown := dump(stacks)
	f = Finding{Verdict: "leak", Code: "leak.goroutine", Args: []string{strconv.Itoa(len(stacks))}, Stack: shown}
	return f, fmt.Sprintf("%d goroutine(s) never ended:\n\n%s", len(stacks), shown)
}

// Outliving returns the finding that the goroutines of stacks ended only some time
// after call had returned, and what a student who runs go test reads of it.
func Outliving(call string, stacks []string) (f Finding, text string) {
	shown := dump(stacks)
	f = Finding{Verdict: "leak", Code: "leak.outlives", Args: []string{strconv.Itoa(len(stacks)), call}, Stack: shown}
	return f, fmt.Sprintf("%d goroutine(s) outlive %s:\n\n%s", len(stacks), call, shown)
}

// Deadlock returns the finding that the goroutines of stacks wait for one
// another, and what a student who runs go test reads of it.
func Deadlock(stacks []string) (f Finding, text string) {
	shown := dump(stacks)
	f = Finding{Verdict: "deadlock", Code: "deadlock.blocked", Stack: shown, Held: Locks(waits.All())}
	return f, "deadlock: every goroutine waits for another, for ever:\n\n" + shown
}

// Locks returns what is known of the locks that are waited for.
func Locks(all []waits.Wait) (held []Held) {
	for _, w := range all {
		h := Held{At: text(w.At), By: text(w.Holder)}
		if h.By != "" && len(held) < maxLocks && !slices.Contains(held, h) {
			held = append(held, h)
		}
	}
	return held
}

// text prints a stack as runtime.Stack does, "" for none.
func text(s waits.Stack) string {
	var b strings.Builder
	for frames := runtime.CallersFrames(s.PCs()); ; {
		f, more := frames.Next()
		if f.PC != 0 {
			fmt.Fprintf(&b, "%s(...)\n\t%s:%d\n", named(f.Function), f.File, f.Line)
		}
		if !more {
			break
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "goroutine 0 [lock]:\n" + b.String()
}

// maxDump is how many bytes of stacks a finding holds. The grader reads a record
// of a megabyte, and a test may have several findings.
const maxDump = 64 << 10

// maxLocks is how many locks a finding tells of, two stacks each.
const maxLocks = 10

// maxName is how many bytes of a call a finding holds where it has no room for all: with
// that, the hundred calls that the runtime prints of a goroutine find room.
const maxName = 256

// dump joins stacks. Of more than a finding can hold it takes one for each place
// in which goroutines stand, and of long names the beginning.
func dump(stacks []string) string {
	if all := strings.Join(stacks, "\n\n"); len(all) <= maxDump {
		return all
	}
	var kept []string
	size := 0
	seen := map[string]bool{}
	for _, s := range stacks {
		at := lines(s)
		if s = short(s); !seen[at] && size+len(s) < maxDump {
			seen[at] = true
			kept = append(kept, s)
			size += len(s) + len("\n\n")
		}
	}
	return strings.Join(kept, "\n\n")
}

// short returns stack with the calls in it no longer than maxName. Where they are is
// left as it is.
func short(stack string) string {
	all := strings.Split(stack, "\n")
	for i, line := range all {
		if !strings.HasPrefix(line, "\t") {
			all[i] = named(line)
		}
	}
	return strings.Join(all, "\n")
}

// named returns the call that is named so, or the beginning of a long name.
func named(call string) string {
	if len(call) > maxName {
		return strings.ToValidUTF8(call[:maxName], "") + "…"
	}
	return call
}

// lines returns where in the source the calls of a stack are: what goroutines in
// the same place have in common.
func lines(stack string) string {
	var at strings.Builder
	for line := range strings.Lines(stack) {
		if strings.HasPrefix(line, "\t") {
			at.WriteString(line)
		}
	}
	return at.String()
}

package judge

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

// limits explains a process that the sandbox ended.
func (c candidate) limits(r Run, output string) []explanation {
	switch r.Result.Killed {
	case "":
		return nil
	case sandbox.CPU, sandbox.Wall:
		e := explanation{verdict: results.Timeout, code: "timeout.unknown", args: []string{used(r)}}
		if e.at = c.busy(lastWords(output)); e.at.file != "" {
			e.code, e.args = "timeout.cpu", append(e.args, e.at.String())
		}
		return []explanation{e}
	case sandbox.Blocked:
		return []explanation{c.blocked(results.Deadlock, lastWords(output))}
	case sandbox.Starved:
		return []explanation{{verdict: results.Infra, code: "infra.starved"}}
	case sandbox.Memory:
		return []explanation{{verdict: results.Memory, code: "memory.limit", args: []string{megabytes(r.Limits.Memory)}}}
	case sandbox.Threads:
		return []explanation{{verdict: results.Memory, code: "memory.threads", args: []string{strconv.Itoa(r.Limits.Threads)}}}
	case sandbox.Files:
		return []explanation{{verdict: results.Memory, code: "memory.files", args: []string{strconv.Itoa(r.Limits.Files)}}}
	case sandbox.Output:
		return []explanation{{verdict: results.Output, code: "output.limit", args: []string{megabytes(r.Limits.Output)}}}
	case sandbox.Disk:
		return []explanation{{verdict: results.Output, code: "output.disk", args: []string{megabytes(r.Limits.Disk)}}}
	}
	return []explanation{{verdict: results.Infra, code: "infra.error", args: []string{"ended for " + string(r.Result.Killed)}}}
}

// used is the limit that a program which never ended came to.
func used(r Run) string {
	if r.Result.Killed == sandbox.CPU {
		return r.Limits.CPU.String()
	}
	return r.Limits.Wall.String()
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

// busy returns the candidate's line in which a goroutine runs.
func (c candidate) busy(dump string) place {
	for _, g := range parseDump(dump) {
		if p, ok := c.top(g); ok && strings.HasPrefix(g.state, "run") {
			return p
		}
	}
	return place{}
}

// blocked explains, by its dump, that goroutines wait for ever.
func (c candidate) blocked(v results.Verdict, dump string) explanation {
	for _, g := range c.suspects(dump) {
		if p, ok := c.top(g); ok {
			return explanation{verdict: v, code: "deadlock.blocked", args: []string{c.operation(g), p.String()}, at: p}
		}
	}
	return explanation{verdict: v, code: "deadlock.unknown"}
}

// held adds to a deadlock where the lock was taken that is waited for there, if the
// candidate took it.
func (c candidate) held(e explanation, locks []held) explanation {
	for _, l := range locks {
		at, ok := c.first(l.At)
		by, taken := c.first(l.By)
		if ok && taken && at == e.at {
			e.code, e.args = "deadlock.held", append(e.args, by.String())
			break
		}
	}
	return e
}

// first returns the innermost line of the candidate in the stack of one goroutine.
func (c candidate) first(stack string) (place, bool) {
	if all := parseDump(stack); len(all) > 0 {
		return c.top(all[0])
	}
	return place{}, false
}

// finding explains what the test itself reported.
func (c candidate) finding(f finding) explanation {
	e := explanation{verdict: f.Verdict, code: f.Code, args: f.Args}
	if f.Stack != "" {
		switch f.Verdict {
		case results.Leak:
			e = c.left(f)
		case results.Panic:
			e = c.panicked(strings.Join(f.Args, " "), f.Stack)
			if f.Code == shared && e.at.file != "" {
				e.code, e.args = shared, []string{e.at.String()}
			}
		default:
			e = c.held(c.blocked(f.Verdict, f.Stack), f.Held)
		}
	}
	if len(f.Schedule) > 0 {
		e.schedule = f.Schedule
		e.code = message.Explored + e.code
		if e.at.file == "" {
			s := interrupted(f.Schedule)
			e.at = place{s.File, s.Line}
		}
	}
	return e
}

// interrupted returns the step of a schedule that a student should look at: the
// last one after which another goroutine came in between, other than to start one, or
// the very last.
func interrupted(schedule []results.Step) results.Step {
	last := len(schedule) - 1
	for i := last - 1; i >= 0; i-- {
		mine := func(s results.Step) bool { return s.Goroutine == schedule[i].Goroutine }
		if schedule[i].Op != "go" && schedule[i].Op != "start" && !mine(schedule[i+1]) && slices.ContainsFunc(schedule[i+1:], mine) {
			return schedule[i]
		}
	}
	return schedule[last]
}

// shared is the code of what outlives calls, or ties them together.
const shared = "panic.shared"

// left explains goroutines that are there when they must not be.
func (c candidate) left(f finding) explanation {
	if f.Code != outlives {
		return c.leaked(strings.Join(f.Args, " "), f.Stack)
	}
	for _, g := range c.suspects(f.Stack) {
		at, ok := c.top(g)
		if !ok {
			at, ok = c.place(g.created)
		}
		if ok {
			return explanation{verdict: results.Leak, code: outlives + "_at", args: append(f.Args, c.operation(g), at.String()), at: at}
		}
	}
	return explanation{verdict: results.Leak, code: outlives, args: f.Args}
}

// outlives is the code of goroutines that end, but only some time after a call.
const outlives = "leak.outlives"

// leaked explains count goroutines that never ended, of some of which dump tells.
func (c candidate) leaked(count, dump string) explanation {
	var pulled explanation
	for _, g := range c.suspects(dump) {
		created, mine := c.place(g.created)
		at, inside := c.top(g)
		if !inside {
			at = created
		}
		switch {
		case c.operation(g) == "sleep" && (mine || inside): // it ends some day, but too late
			return explanation{verdict: results.Leak, code: "leak.asleep", at: at, args: []string{count, at.String()}}
		case mine:
			return explanation{
				verdict: results.Leak, code: "leak.goroutine", at: at,
				args: []string{count, c.operation(g), at.String(), created.String()},
			}
		case strings.HasPrefix(g.created.call, "iter.Pull"): // maybe for one of theirs
			pulled = explanation{verdict: results.Leak, code: "leak.pull", at: at}
		case inside: // started for the student, as by WaitGroup.Go
			return explanation{
				verdict: results.Leak, code: "leak.blocked", at: at,
				args: []string{count, c.operation(g), at.String()},
			}
		}
	}
	if strings.Contains(dump, derivedContext) {
		return explanation{verdict: results.Leak, code: "leak.context"}
	}
	if pulled.code != "" {
		return pulled
	}
	return explanation{verdict: results.Leak, code: "leak.unknown", args: []string{count}}
}

// derivedContext is where the goroutine is started that follows a context of a
// foreign type for one that was derived from it and not cancelled.
const derivedContext = "context.(*cancelCtx).propagateCancel"

// ranOut is package testing's panic about a test whose goroutine just ended.
const ranOut = "test executed panic(nil) or runtime.Goexit"

// panicked explains a panic with value by the goroutine that panicked, the
// first of dump.
func (c candidate) panicked(value, dump string) explanation {
	if strings.Contains(value, ranOut) {
		return explanation{verdict: results.Fail, code: "fail.goexit"}
	}
	if all := parseDump(dump); len(all) > 0 {
		if p, ok := c.top(all[0]); ok {
			e := explanation{verdict: results.Panic, code: "panic.value", args: []string{value, p.String()}, at: p}
			if c.inTest(all[0].frames) {
				e.code = "panic.callback"
			}
			return e
		}
	}
	return explanation{verdict: results.Panic, code: "panic.unknown", args: []string{value}}
}

// panicValue is the value of a panic in what follows "panic: ". A panic while another is
// under way, or an error that the runtime does not let a program survive, comes
// indented below it.
var panicValue = regexp.MustCompile(`^(?:.*\n\t+panic: )*(.*)`)

// maxValue is how much is looked at to find it, far more than is kept of it.
const maxValue = 64 << 10

// crash explains a process that ended before its test did.
func (c candidate) crash(r Run, output string) []explanation {
	if r.Result.Killed != "" || r.Result.Exit == 0 {
		return nil
	}
	if strings.Contains(output, raceNoMemory) && strings.Contains(output, "allocate") {
		return []explanation{{verdict: results.Memory, code: "memory.limit", args: []string{megabytes(r.Limits.Memory)}}}
	}
	if said, ok := after("fatal error: ", "\t", output); ok {
		text, dump, _ := strings.Cut(said, "\n")
		return []explanation{c.fatal(text, dump, r)}
	}
	if said, ok := after("panic: ", "", output); ok {
		m := panicValue.FindStringSubmatchIndex(said[:min(len(said), maxValue)])
		value := strings.TrimSuffix(said[m[2]:m[3]], " [recovered, repanicked]")
		return []explanation{c.panicked(value, said[m[1]:])}
	}
	return nil
}

// after returns what follows words in the first line of output that begins with them,
// or with characters of indent before them. It searches, since a program may print
// millions of lines on which a regular expression would be tried.
func after(words, indent, output string) (string, bool) {
	for at := 0; ; {
		i := strings.Index(output[at:], words)
		if i < 0 {
			return "", false
		}
		before := strings.TrimRight(output[:at+i], indent)
		at += i + len(words)
		if before == "" || strings.HasSuffix(before, "\n") {
			return output[at:], true
		}
	}
}

// fatal explains an error that the runtime does not let a program survive.
func (c candidate) fatal(text, dump string, r Run) explanation {
	switch {
	case strings.Contains(text, "all goroutines are asleep"):
		return c.blocked(results.Deadlock, dump)
	case strings.Contains(text, "concurrent map"):
		e := c.panicked(text, dump)
		if e.at.file != "" {
			return explanation{verdict: results.Race, code: "race.unknown", args: []string{e.at.String(), e.at.String()}, at: e.at}
		}
		return explanation{verdict: results.Race, code: "race.unknown"}
	case strings.Contains(text, "out of memory"), strings.Contains(text, "cannot allocate memory"):
		return explanation{verdict: results.Memory, code: "memory.limit", args: []string{megabytes(r.Limits.Memory)}}
	}
	e := c.panicked(text, dump)
	switch {
	case e.at.file == "":
	case strings.Contains(text, "synctest"):
		e.code, e.args = shared, []string{e.at.String()}
	case c.unwinding(dump):
		e.code = "panic.deferred"
	}
	return e
}

// unwinding says whether the first goroutine of dump was in a deferred call, on the
// way of a panic through the candidate's innermost line.
func (c candidate) unwinding(dump string) bool {
	for _, f := range parseDump(dump)[0].frames {
		if _, mine := c.place(f); mine {
			return false
		}
		if strings.HasPrefix(f.call, "panic(") {
			return true
		}
	}
	return false
}

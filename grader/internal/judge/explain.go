package judge

import (
	"fmt"
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

package judge

import (
	"regexp"
	"strings"

	"gorutinas/grader/internal/results"
)

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

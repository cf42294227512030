package judge

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// place is a line of the student's.
type place struct {
	file string // base name
	line int
}

func (p place) String() string {
	if p.file == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", p.file, p.line)
}

// frame is one call on a goroutine's stack.
type frame struct {
	call string // qualified function name
	path string
	line int
}

// goroutine is one goroutine of a dump.
type goroutine struct {
	state   string // "chan receive", "sync.Mutex.Lock", "running" …
	frames  []frame
	created frame // the go statement

	suspicion int // of one of suspects
}

var (
	goroutineHead = regexp.MustCompile(`^goroutine \d+ (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[([^\],(]+)`)
	frameAt       = regexp.MustCompile(`^\s+(\S.*?\.(?:go|s)):(\d+)`)
)

// maxDump is how much of a dump is read, in bytes: as many goroutines as the race
// detector allows, 8128, with 1 KB of calls each. A program prints what it likes, and
// what comes later could only change which line is named.
const maxDump = 8 << 20

// parseDump reads the goroutines of a dump as the runtime prints them.
func parseDump(dump string) []goroutine {
	var all []goroutine
	call, created := "", false
	for line := range strings.Lines(dump[:min(len(dump), maxDump)]) {
		line = strings.TrimRight(line, "\r\n")
		if m := goroutineHead.FindStringSubmatch(line); m != nil {
			all = append(all, goroutine{state: strings.TrimSpace(m[1])})
			continue
		}
		if len(all) == 0 {
			continue
		}
		g := &all[len(all)-1]
		m := frameAt.FindStringSubmatch(line)
		switch {
		case m == nil:
			call, created = strings.CutPrefix(line, "created by ")
			if !created {
				call = line
			}
		case created:
			g.created = frameOf(call, m)
		default:
			g.frames = append(g.frames, frameOf(call, m))
		}
	}
	return all
}

func frameOf(call string, at []string) frame {
	n, _ := strconv.Atoi(at[2]) // a number too large is no line of any file: see candidate.place
	return frame{call: call, path: at[1], line: n}
}

// asked begins what the runtime prints when it is told to end and to say where its
// goroutines are.
const asked = "SIGQUIT: quit\n"

// lastWords returns the dump in the output of a process that was asked for one, which
// is the last that it printed; all of the output where there is none.
func lastWords(output string) string {
	return output[max(0, strings.LastIndex(output, asked)):]
}

// candidate tells the files of one candidate from all others.
type candidate struct {
	exercise string
	files    map[string][]byte
	lines    map[string]int // how many each file has
}

func newCandidate(exercise string, files map[string][]byte) candidate {
	c := candidate{exercise: exercise, files: files, lines: map[string]int{}}
	for name, text := range files {
		c.lines[name] = bytes.Count(text, []byte("\n")) + 1
	}
	return c
}

// place returns where f is in the candidate; false for a frame elsewhere, and for
// a line that the file does not have: a dump may be the program's own invention.
func (c candidate) place(f frame) (place, bool) {
	name := path.Base(f.path)
	if path.Base(path.Dir(f.path)) != c.exercise || f.line < 1 || f.line > c.lines[name] {
		return place{}, false
	}
	return place{name, f.line}, true
}

// top returns the innermost line of the candidate on g's stack.
func (c candidate) top(g goroutine) (place, bool) {
	for _, f := range g.frames {
		if p, ok := c.place(f); ok {
			return p, true
		}
	}
	return place{}, false
}

// inTest says whether f is a function of the test's.
func (f frame) inTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// inTest says whether frames are of a function of the test's that the candidate has
// called, or of what that calls.
func (c candidate) inTest(frames []frame) bool {
	for _, f := range frames {
		if _, mine := c.place(f); mine {
			return false
		}
		if f.inTest() {
			return true
		}
	}
	return false
}

// suspects returns the goroutines of a dump, first those that tell most of what
// went wrong.
func (c candidate) suspects(dump string) []goroutine {
	all := parseDump(dump)
	for i := range all {
		all[i].suspicion = c.suspicion(all[i])
	}
	slices.SortStableFunc(all, func(a, b goroutine) int { return cmp.Compare(b.suspicion, a.suspicion) })
	return all
}

// suspicion ranks the goroutines that stand still: most of all tells one that waits for
// a lock in a line of the candidate's own, then one that waits there for anything else,
// then for others to end, and last one in a function of the test's that the candidate
// has called.
func (c candidate) suspicion(g goroutine) int {
	for _, f := range g.frames {
		if _, mine := c.place(f); mine {
			switch op := c.operation(g); {
			case strings.HasSuffix(op, "Lock"):
				return 3
			case strings.HasSuffix(op, "Group.Wait"):
				return 1
			}
			return 2
		}
		if f.inTest() {
			return 0
		}
	}
	return 0
}

// operation names what g waits in, as the student wrote it: the function that the
// student's own line has called, or what that line does itself.
func (c candidate) operation(g goroutine) string {
	called := ""
	for _, f := range g.frames {
		if _, mine := c.place(f); mine {
			break
		}
		called = f.call
	}
	called, _, _ = strings.Cut(called, "[") // type arguments, and what follows them
	called = standIn.ReplaceAllString(called, "$1")
	name, durable := strings.CutPrefix(called, explorer+"sync.")
	switch {
	case durable:
		parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("(*).", r) })
		return strings.Join(parts[:min(2, len(parts))], ".")
	case called == "" || native.MatchString(called):
		state := strings.TrimSuffix(strings.TrimPrefix(g.state, "sync."), " (durable)")
		return strings.TrimSpace(state)
	}
	if m := exported.FindStringSubmatch(called); m != nil {
		return m[1] + m[2] + m[3]
	}
	return "call"
}

// explorer is where the packages are that stand in for some of the standard library.
const explorer = "gorutinas/exercises/internal/explore/"

var (
	// standIn matches the beginning of a call of one that does not hide it.
	standIn = regexp.MustCompile("^" + explorer + `((io|log)\.)`)
	// native matches the calls that are what the runtime says a goroutine waits in.
	native = regexp.MustCompile(`^(runtime|sync|time|internal|gorutinas/exercises/internal/explore)\b`)
	// exported matches a call of the standard library's that a student can write,
	// and finds its package, type and name.
	exported = regexp.MustCompile(`^(?:[a-z0-9]+/)*([a-z0-9]+\.)(?:\(\*?([A-Z]\w*)\))?(\.?[A-Z]\w*)(?:\(|$)`)
)

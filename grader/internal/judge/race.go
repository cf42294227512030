package judge

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gorutinas/grader/internal/results"
)

const (
	raceBanner   = "WARNING: DATA RACE"
	raceNoMemory = "ThreadSanitizer: " // + "failed to allocate", "out of memory" …
)

// access is one of the two accesses of a data race.
type access struct {
	write  bool
	frames []frame
}

var accessHead = regexp.MustCompile(`^(?:Previous )?(?i:(atomic )?(read|write)) (?:of size \d+ )?at 0x[0-9a-f]+ by `)

// parseRace reads the two accesses of the first race report in output.
func parseRace(output string) []access {
	_, report, found := strings.Cut(output, raceBanner)
	if !found {
		return nil
	}
	report, _, _ = strings.Cut(report, "\n==================")
	var all []access
	call, within := "", false
	for line := range strings.Lines(report) {
		line = strings.TrimRight(line, "\r\n")
		if m := accessHead.FindStringSubmatch(line); m != nil {
			all = append(all, access{write: strings.EqualFold(m[2], "write")})
			within = true
			continue
		}
		if strings.TrimSpace(line) == "" {
			within = false
		}
		if !within {
			continue
		}
		if m := frameAt.FindStringSubmatch(line); m != nil {
			a := &all[len(all)-1]
			a.frames = append(a.frames, frameOf(call, m))
		} else {
			call = strings.TrimSpace(line)
		}
	}
	return all
}

// explainRace puts the race report in output into words.
func (c candidate) explainRace(output string) explanation {
	var all, others []access
	for _, a := range parseRace(output) {
		if _, ok := c.top(goroutine{frames: a.frames}); ok {
			all = append(all, a)
		} else {
			others = append(others, a)
		}
	}
	if len(all) == 0 {
		return explanation{verdict: results.Race, code: "race.unknown"}
	}
	first, last := all[0], all[len(all)-1]
	if first.write && !last.write { // the read is told first
		first, last = last, first
	}
	at := c.at(first)
	e := explanation{verdict: results.Race, code: "race.unknown", at: at, args: []string{at.String(), c.at(last).String()}}
	switch name := cmp.Or(c.written(first), c.written(last)); {
	case len(all) < 2: // the other one is the test's own
		e.code, e.args = "race.test", []string{at.String()}
		if method, of := c.byValue(); method != "" && len(others) > 0 && others[0].copies() {
			e.code, e.args = "race.receiver", []string{method, of, at.String()}
		}
	case first.within("Add") && last.within("Wait"):
		e.code = "race.waitgroup"
	case first.within("Wait") && last.within("Add"):
		e.code, e.at, e.args = "race.waitgroup", c.at(last), []string{c.at(last).String(), at.String()}
	case first.inTest() && last.inTest():
		e.code = "race.callback"
	case !first.write && last.closes():
		e.code, e.at, e.args = "race.close", c.at(last), []string{c.at(last).String(), at.String()}
	case name != "" && first.write:
		e.code, e.args = "race.two_writes", append([]string{name}, e.args...)
	case name != "":
		e.code, e.args = "race.read_write", append([]string{name}, e.args...)
	}
	return e
}

// at is the candidate's line from which a came about.
func (c candidate) at(a access) place {
	p, _ := c.top(goroutine{frames: a.frames})
	return p
}

// inTest says whether a is in a function of the test's, which the candidate has
// called.
func (a access) inTest() bool { return strings.HasSuffix(a.frames[0].path, "_test.go") }

// closes says whether a closes a channel, which the detector takes for a write; a
// send that meets it counts as a read.
func (a access) closes() bool { return strings.HasPrefix(a.frames[0].call, "runtime.closechan") }

// within says whether a is in this method of a WaitGroup, which tells the detector
// so when it is called too late.
func (a access) within(method string) bool {
	return slices.ContainsFunc(a.frames, func(f frame) bool { return strings.HasSuffix(f.call, "sync.(*WaitGroup)."+method+"()") })
}

// copies says whether a can be the copy that a call in the test makes of a value
// whose method it calls.
func (a access) copies() bool { return !a.write && len(a.frames) > 0 && a.inTest() }

// byValue returns a method of the candidate's, and its type, that anybody can call
// and that takes its value itself.
func (c candidate) byValue() (method, of string) {
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		file, err := parser.ParseFile(token.NewFileSet(), name, c.files[name], parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || len(f.Recv.List) != 1 || !f.Name.IsExported() {
				continue
			}
			if t, ok := f.Recv.List[0].Type.(*ast.Ident); ok {
				return f.Name.Name, t.Name
			}
		}
	}
	return "", ""
}

// written returns the variable that a writes: what the candidate's line assigns to,
// when it is this line that writes, and to one thing alone; else "". What the line
// only reads or calls need not be what is shared.
func (c candidate) written(a access) string {
	if !a.write || !c.direct(a) {
		return ""
	}
	p := c.at(a)
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, p.file, c.files[p.file], parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || fset.Position(n.Pos()).Line != p.line {
			return true
		}
		for _, e := range assigned(n) {
			if name := source(fset, e); name != "_" {
				names = append(names, name)
			}
		}
		return true
	})
	if len(names) != 1 {
		return ""
	}
	return names[0]
}

// direct says whether a is the work of the candidate's line itself, or of the
// runtime where the line assigns to an element of a map.
func (c candidate) direct(a access) bool {
	_, own := c.place(a.frames[0])
	return own || strings.HasPrefix(a.frames[0].call, "runtime.mapassign")
}

// assigned returns what n gives a new value.
func assigned(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	}
	return nil
}

// source returns e as the student wrote it; "" when that does not fit into a
// sentence.
func source(fset *token.FileSet, e ast.Expr) string {
	var b bytes.Buffer
	if format.Node(&b, fset, e) != nil || b.Len() > 40 || bytes.ContainsRune(b.Bytes(), '\n') {
		return ""
	}
	return b.String()
}

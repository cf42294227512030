package judge

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
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
	var all []access
	for _, a := range parseRace(output) {
		if _, ok := c.top(goroutine{frames: a.frames}); ok {
			all = append(all, a)
		}
	}
	if len(all) == 0 {
		return explanation{verdict: results.Race, code: "race.unknown"}
	}
	slices.SortStableFunc(all, readsFirst)
	first, last := c.at(all[0]), c.at(all[len(all)-1])
	e := explanation{verdict: results.Race, code: "race.unknown", at: first, args: []string{first.String(), last.String()}}
	switch name := c.shared(first); {
	case len(all) < 2: // the other one is the test's own
		e.code, e.args = "race.test", []string{first.String()}
	case all[0].inTest() && all[1].inTest():
		e.code = "race.callback"
	case !all[0].write && all[len(all)-1].closes():
		e.code, e.at, e.args = "race.close", last, []string{last.String(), first.String()}
	case name != "" && all[0].write:
		e.code, e.args = "race.two_writes", append([]string{name}, e.args...)
	case name != "":
		e.code, e.args = "race.read_write", append([]string{name}, e.args...)
	}
	return e
}

func readsFirst(a, b access) int { return compare(a.write, b.write) }

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

// shared returns the expression at p that two goroutines touch: what the line
// assigns to, else the first field or element that it reads; "" when the line
// has neither.
func (c candidate) shared(p place) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, p.file, c.files[p.file], parser.SkipObjectResolution)
	if file == nil || err != nil {
		return ""
	}
	var written, read ast.Expr
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || fset.Position(n.Pos()).Line > p.line || fset.Position(n.End()).Line < p.line {
			return n != nil && fset.Position(n.Pos()).Line <= p.line
		}
		if fset.Position(n.Pos()).Line != p.line {
			return true
		}
		switch n := n.(type) {
		case *ast.IncDecStmt:
			written = first(written, n.X)
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				written = first(written, n.Lhs[0])
			}
		case *ast.CallExpr: // f in x.f() is no data
			for _, arg := range n.Args {
				read = first(read, data(arg))
			}
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
			read = first(read, data(n.(ast.Expr)))
		}
		return true
	})
	return source(fset, first(written, read))
}

func first(e, next ast.Expr) ast.Expr {
	if e != nil {
		return e
	}
	return next
}

// data returns e when it denotes a variable, not a call.
func data(e ast.Expr) ast.Expr {
	switch e.(type) {
	case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr, *ast.Ident:
		return e
	}
	return nil
}

func source(fset *token.FileSet, e ast.Expr) string {
	if e == nil {
		return ""
	}
	var b bytes.Buffer
	if format.Node(&b, fset, e) != nil || b.Len() > 40 || bytes.ContainsRune(b.Bytes(), '\n') {
		return ""
	}
	return b.String()
}

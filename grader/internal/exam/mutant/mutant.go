// Package mutant makes mutants of concurrent Go programs: copies with one
// mistake each, of the kind that people make with locks, channels, goroutines
// and contexts. Checks that let a mutant pass are missing something.
package mutant

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// Mutant is a program with one mistake.
type Mutant struct {
	Operator string // what kind of mistake, such as "drop lock"
	Line     int    // where it is
	Was, Is  string // the source there, before and after
	Source   []byte

	from int // offset of the first change
}

// ID names the mutant by its content, in 12 hexadecimal digits: the same
// mistake in the same program has the same ID, on whatever line it is.
func (m Mutant) ID() string {
	sum := sha256.Sum256(m.Source)
	return hex.EncodeToString(sum[:6])
}

// String tells an author where the mistake is.
func (m Mutant) String() string {
	return fmt.Sprintf("line %d: %s: %s → %s", m.Line, m.Operator, oneLine(m.Was), oneLine(m.Is))
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "..."
	}
	if s == "" {
		return "nothing"
	}
	return s
}

// edit replaces source[from:to] by text.
type edit struct {
	from, to int
	text     string
}

// site is where an operator is tried.
type site struct {
	*program
	node ast.Node
	path []ast.Node // the nodes around it, the file first
}

type program struct {
	fset *token.FileSet
	src  []byte
}

func (p *program) offset(pos token.Pos) int { return p.fset.Position(pos).Offset }

func (p *program) text(n ast.Node) string {
	return string(p.src[p.offset(n.Pos()):p.offset(n.End())])
}

func (p *program) replace(n ast.Node, text string) edit {
	return edit{p.offset(n.Pos()), p.offset(n.End()), text}
}

func (p *program) drop(n ast.Node) edit { return p.replace(n, "") }

func (p *program) insert(pos token.Pos, text string) edit {
	return edit{p.offset(pos), p.offset(pos), text}
}

// operator returns the mistakes of one kind that can be made at a site, each as
// the edits that make it.
type operator struct {
	name string
	at   func(site) [][]edit
}

// All returns the mutants of the program in src, in the order of its lines,
// each once. Not all of them compile.
func All(src []byte) ([]Mutant, error) {
	p := &program{fset: token.NewFileSet(), src: src}
	file, err := parser.ParseFile(p.fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []Mutant
	var path []ast.Node
	seen := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return false
		}
		for _, op := range operators {
			for _, edits := range op.at(site{p, n, path}) {
				m := p.apply(op.name, edits)
				if !seen[string(m.Source)] {
					all = append(all, m)
				}
				seen[string(m.Source)] = true
			}
		}
		path = append(path, n)
		return true
	})
	slices.SortStableFunc(all, func(a, b Mutant) int { return a.Line - b.Line })
	return all, nil
}

func (p *program) apply(name string, edits []edit) Mutant {
	m := Mutant{Operator: name, Source: p.edited(edits)}
	m.from = edits[0].from
	m.Line = 1 + strings.Count(string(p.src[:m.from]), "\n")
	var was, is []string
	for _, e := range edits {
		was, is = append(was, string(p.src[e.from:e.to])), append(is, e.text)
	}
	m.Was, m.Is = strings.Join(was, " … "), strings.Join(is, " … ")
	return m
}

// edited returns the source with edits, which it sorts.
func (p *program) edited(edits []edit) (source []byte) {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	at := 0
	for _, e := range edits {
		source = append(source, p.src[at:e.from]...)
		source = append(source, e.text...)
		at = e.to
	}
	return append(source, p.src[at:]...)
}

// block returns the statements around the site's node and its place among
// them; false when it is no statement of a list.
func (s site) block() ([]ast.Stmt, int, bool) {
	if len(s.path) == 0 {
		return nil, 0, false
	}
	stmt, ok := s.node.(ast.Stmt)
	if !ok {
		return nil, 0, false
	}
	list := statements(s.path[len(s.path)-1])
	i := slices.Index(list, stmt)
	return list, i, i >= 0
}

func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// function returns the body of the innermost function around the site's node.
func (s site) function() *ast.BlockStmt {
	for _, n := range slices.Backward(s.path) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Body
		case *ast.FuncLit:
			return n.Body
		}
	}
	return nil
}

// method returns the call of a method or function by its selector: recv and
// name of recv.name(args).
func method(n ast.Node) (call *ast.CallExpr, recv ast.Expr, name string) {
	if stmt, ok := n.(*ast.ExprStmt); ok {
		n = stmt.X
	}
	if stmt, ok := n.(*ast.DeferStmt); ok {
		n = stmt.Call
	}
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil, nil, ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return call, nil, ""
	}
	return call, sel.X, sel.Sel.Name
}

// called returns the name of the plain function that n calls.
func called(n ast.Node) (*ast.CallExpr, string) {
	call, recv, _ := method(n)
	if call == nil || recv != nil {
		return call, ""
	}
	id, ok := call.Fun.(*ast.Ident)
	if !ok {
		return call, ""
	}
	return call, id.Name
}

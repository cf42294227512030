package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
)

// The packages that stand in for the standard ones, under the same names.
var standIns = map[string]string{
	"sync":        "gorutinas/exercises/internal/explore/sync",
	"sync/atomic": "gorutinas/exercises/internal/explore/atomic",
	"io":          "gorutinas/exercises/internal/explore/io",
	"log":         "gorutinas/exercises/internal/explore/log",
}

const pointPath = "gorutinas/exercises/internal/explore/point"

// rewriter rewrites one file.
type rewriter struct {
	edits
	Package
	file   *ast.File
	prefix string
	yields bool // whether the rewritten file uses package point

	stack  []ast.Node            // from the file to the node at hand
	marks  []int                 // how many edits there were when each was entered
	owned  map[ast.Node]bool     // rewritten with a node around it, not by itself
	shared map[types.Object]bool // variables that several goroutines may see, with Shared

	orphans []string // expressions whose names of packages may not be used any more
}

func newRewriter(p Package, f *ast.File, src []byte, prefix string) *rewriter {
	r := &rewriter{edits: edits{src: src}, Package: p, file: f, prefix: prefix, owned: map[ast.Node]bool{}}
	if p.Shared {
		r.shared = escaping(f, p.Info)
	}
	return r
}

func (r *rewriter) rewrite() []byte {
	if slices.ContainsFunc(r.file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` }) {
		return slices.Clone(r.src)
	}
	ast.Inspect(r.file, r.visit)
	r.adopt()
	if r.yields {
		// On the line of the package clause, so that all others stay where they are.
		r.after(r.offset(r.file.Name.End()), "; import "+r.prefix+"point "+strconv.Quote(pointPath))
	}
	return []byte(render(r.src, 0, len(r.src), r.list))
}

// visit is called with each node on the way down and with nil on the way up,
// where the work is done, so that the inner edits are there before the outer.
func (r *rewriter) visit(n ast.Node) bool {
	if n != nil {
		r.stack, r.marks = append(r.stack, n), append(r.marks, len(r.list))
		r.enter(n)
		return true
	}
	top := len(r.stack) - 1
	n, r.since = r.stack[top], r.marks[top]
	r.leave(n)
	r.stack, r.marks = r.stack[:top], r.marks[:top]
	return true
}

func (r *rewriter) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.SelectStmt:
		r.ownCommunications(n)
	case *ast.GoStmt:
		r.owned[n.Call] = true
	case *ast.DeferStmt:
		r.owned[n.Call] = true
	}
}

func (r *rewriter) leave(n ast.Node) {
	if r.owned[n] {
		return
	}
	switch n := n.(type) {
	case *ast.ImportSpec:
		r.importSpec(n)
	case *ast.UnaryExpr:
		r.receive(n)
	case *ast.SendStmt:
		r.send(n, "send")
	case *ast.CallExpr:
		r.closing(n)
	case *ast.DeferStmt:
		r.deferred(n)
	case *ast.GoStmt:
		r.goStmt(n)
	case *ast.SelectStmt:
		r.selectStmt(n)
	case *ast.Ident:
		r.reference(n)
	default:
		r.leaveLoop(n)
		r.leaveList(n)
	}
}

// importSpec changes the path alone: the stand-in has the name of the original.
func (r *rewriter) importSpec(s *ast.ImportSpec) {
	path, err := strconv.Unquote(s.Path.Value)
	if to, ok := standIns[path]; ok && err == nil {
		r.replace(r.offset(s.Path.Pos()), r.offset(s.Path.End()), strconv.Quote(to))
	}
}

// point names a function of package point.
func (r *rewriter) point(name string) string {
	r.yields = true
	return r.prefix + "point." + name
}

// at is a yield point as a statement.
func (r *rewriter) at(op string) string { return r.point("At") + "(" + strconv.Quote(op) + ")" }

// wrap yields between the evaluation of e and the operation it is an operand of.
func (r *rewriter) wrap(e ast.Expr, op string) {
	r.before(r.offset(e.Pos()), r.point("Before")+"("+strconv.Quote(op)+", ")
	r.after(r.offset(e.End()), ")")
}

// offset and position are physical: line directives do not count.
func (r *rewriter) offset(p token.Pos) int { return r.position(p).Offset }

func (r *rewriter) position(p token.Pos) token.Position { return r.Fset.PositionFor(p, false) }

// moved takes n out of its place, as text to put elsewhere on a line line.
func (r *rewriter) moved(n ast.Node, line int) string {
	lo, hi := r.position(n.Pos()), r.position(n.End())
	text := flatten(r.take(lo.Offset, hi.Offset), lo.Line)
	if lo.Line == line && hi.Line == line {
		return text
	}
	return lineDirective(lo) + text
}

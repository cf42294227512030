package instrument

import (
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"
)

// A goroutine yields before it begins, and the one that starts it afterwards, so
// that they come up one at a time, and it defers what a panic needs to become a
// finding. A function literal takes both into its body. Any other call goes into
// a literal, after its operands, which are evaluated where the statement stands,
// are in variables:
//
//	go x.f(a, 1)      {kitǃf := x.f; kitǃ0 := a; ; go func() { start; kitǃf(kitǃ0, 1) }(); At("go")}
func (r *rewriter) goStmt(g *ast.GoStmt) {
	lit, ok := ast.Unparen(g.Call.Fun).(*ast.FuncLit)
	switch {
	case ok:
		r.before(r.offset(lit.Body.Lbrace)+1, r.start()+"; ")
		r.after(r.offset(g.End()), "; "+r.at("go"))
	case r.holdable(g.Call):
		r.hold(g)
	default:
		r.after(r.offset(g.End()), "; "+r.at("go"))
	}
}

// start is what a goroutine does first.
func (r *rewriter) start() string { return r.at("start") + "; defer " + r.point("Catch") + "()" }

// holdable reports whether every operand can wait in a variable or needs none.
func (r *rewriter) holdable(c *ast.CallExpr) bool {
	for _, a := range c.Args {
		if !r.fixed(a) && !r.typed(a) {
			return false
		}
	}
	return r.declared(c.Fun) || r.typed(c.Fun)
}

func (r *rewriter) hold(g *ast.GoStmt) {
	at, c := r.position(g.Go), g.Call
	fun := r.holdFun(g, at)
	args := r.holdArgs(c, at.Line)
	if r.builtin(c, "close") {
		fun = r.at("close") + "; " + fun
	}
	tail := fmt.Sprintf("; go func() { %s; %s(%s) }(); %s}", r.start(), fun, args, r.at("go"))
	if end := r.position(c.Rparen); end.Line != at.Line {
		tail = lineDirective(at) + tail + lineDirective(end)
	}
	r.replace(r.offset(c.Rparen), r.offset(c.Rparen)+1, tail)
}

// holdFun puts the function into a variable and returns what to call.
func (r *rewriter) holdFun(g *ast.GoStmt, at token.Position) string {
	lo, fun, paren := at.Offset, r.offset(g.Call.Fun.Pos()), r.offset(g.Call.Lparen)
	if r.declared(g.Call.Fun) {
		text := r.moved(g.Call.Fun, at.Line)
		r.replace(lo, paren+1, "{"+r.lineEnds(lo, paren))
		return text
	}
	r.replace(lo, fun, "{"+r.prefix+"f := "+r.lineEnds(lo, fun))
	r.replace(paren, paren+1, "; ")
	return r.prefix + "f"
}

// holdArgs puts the arguments into variables and returns what to pass.
func (r *rewriter) holdArgs(c *ast.CallExpr, line int) string {
	var args []string
	for i, a := range c.Args {
		args = append(args, r.holdArg(a, i, line))
		if comma, ok := r.comma(a.End(), c); ok {
			r.replace(comma, comma+1, ";")
		}
	}
	if !c.Ellipsis.IsValid() {
		return strings.Join(args, ", ")
	}
	dots := r.offset(c.Ellipsis)
	r.replace(dots, dots+len("..."), "")
	return strings.Join(args, ", ") + "..."
}

func (r *rewriter) holdArg(a ast.Expr, i, line int) string {
	lo, hi := r.offset(a.Pos()), r.offset(a.End())
	if r.fixed(a) {
		text := r.moved(a, line)
		r.replace(lo, hi, r.lineEnds(lo, hi))
		return text
	}
	names := []string{fmt.Sprintf("%s%d", r.prefix, i)}
	if results, ok := r.Info.TypeOf(a).(*types.Tuple); ok { // f(g()), where g has several results
		for j := 1; j < results.Len(); j++ {
			names = append(names, fmt.Sprintf("%s%d", r.prefix, i+j))
		}
	}
	held := strings.Join(names, ", ")
	r.before(lo, held+" := ")
	return held
}

// comma is the offset of the comma that follows an argument of c ending at end.
func (r *rewriter) comma(end token.Pos, c *ast.CallExpr) (int, bool) {
	lo := r.offset(end)
	text := r.src[lo:r.offset(c.Rparen)]
	file := token.NewFileSet().AddFile("", 1, len(text))
	var s scanner.Scanner
	s.Init(file, text, func(token.Position, string) {}, 0)
	for {
		switch pos, tok, _ := s.Scan(); tok {
		case token.COMMA:
			return lo + file.Offset(pos), true
		case token.EOF:
			return 0, false
		}
	}
}

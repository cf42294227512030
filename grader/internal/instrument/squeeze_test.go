package instrument

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// squeezed is the program src as nobody formats one: with brackets around what may
// have them, without comments, and without a space that the language does not need.
func squeezed(t *testing.T, src []byte) []byte {
	t.Helper()
	src = bracketed(t, src)
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("p.go", -1, len(src)), src, nil, 0)
	var b strings.Builder
	last := byte(' ')
	for {
		_, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return []byte(b.String())
		case !tok.IsLiteral() && !tok.IsKeyword() && text != "\n":
			text = tok.String()
		}
		if needsSpace(last, text[0]) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		last = text[len(text)-1]
	}
}

// needsSpace says whether two tokens, one that ends and one that begins so, could
// read as one.
func needsSpace(a, b byte) bool {
	const operators = "+-*/%&|^<>=!:~."
	return isWord(a) && isWord(b) || strings.IndexByte(operators, a) >= 0 && strings.IndexByte(operators, b) >= 0
}

// bracketed puts brackets around operands.
func bracketed(t *testing.T, src []byte) []byte {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	require.NoError(t, err)
	e := edits{src: src}
	bracket := func(list ...ast.Expr) {
		for _, x := range slices.DeleteFunc(list, bare) {
			e.before(fset.PositionFor(x.Pos(), false).Offset, "(")
			e.after(fset.PositionFor(x.End(), false).Offset, ")")
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		bracket(operands(n)...)
		return true
	})
	return []byte(render(src, 0, len(src), e.list))
}

// bare says that x takes no brackets: it is missing, or x.(type).
func bare(x ast.Expr) bool {
	guard, ok := x.(*ast.TypeAssertExpr)
	return x == nil || ok && guard.Type == nil
}

func operands(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.RangeStmt:
		return []ast.Expr{n.X}
	case *ast.ReturnStmt:
		return slices.Clone(n.Results)
	case *ast.SendStmt:
		return []ast.Expr{n.Chan, n.Value}
	case *ast.AssignStmt:
		return slices.Clone(n.Rhs)
	case *ast.UnaryExpr:
		return []ast.Expr{n.X}
	case *ast.IfStmt:
		return []ast.Expr{n.Cond}
	case *ast.SwitchStmt:
		return []ast.Expr{n.Tag}
	case *ast.CaseClause:
		return slices.Clone(n.List)
	case *ast.CommClause:
		if s, ok := n.Comm.(*ast.ExprStmt); ok {
			return []ast.Expr{s.X}
		}
	case *ast.GoStmt:
		return []ast.Expr{n.Call.Fun}
	case *ast.DeferStmt:
		return []ast.Expr{n.Call.Fun}
	}
	return nil
}

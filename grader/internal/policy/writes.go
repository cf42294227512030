package policy

import (
	"go/ast"
	"go/token"
	"go/types"
)

// checkWrites refuses whatever changes a variable of another package, which
// the tests and the standard library share with the candidate.
func (c *checker) checkWrites(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			c.writes(n.Lhs...)
		}
	case *ast.IncDecStmt:
		c.writes(n.X)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			c.writes(n.Key, n.Value)
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.writes(n.X)
		}
	case *ast.SliceExpr:
		if _, ok := c.underlying(n.X).(*types.Array); ok {
			c.writes(n.X)
		}
	case *ast.CallExpr:
		c.builtinWrites(n)
	case *ast.SelectorExpr:
		c.methodWrites(n)
	}
}

// writes reports those of the expressions, each written to or made a pointer to,
// that lie in another package's variable.
func (c *checker) writes(exprs ...ast.Expr) {
	for _, e := range exprs {
		if v := c.importedVar(e); v != nil {
			c.report(e.Pos(), "assignment", "%s.%s belongs to package %s, which everything shares: it may not be changed or pointed to; keep a variable of your own",
				v.Pkg().Name(), v.Name(), v.Pkg().Path())
		}
	}
}

// importedVar returns the variable of another package that e lies in or is
// reached through.
func (c *checker) importedVar(e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return c.imported(x)
		case *ast.SelectorExpr:
			if v := c.imported(x.Sel); v != nil {
				return v
			}
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.TypeAssertExpr:
			e = x.X
		default:
			return nil
		}
	}
}

func (c *checker) imported(id *ast.Ident) *types.Var {
	v, ok := c.Info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Pkg() == c.Types || v.Parent() != v.Pkg().Scope() {
		return nil
	}
	return v
}

func (c *checker) underlying(e ast.Expr) types.Type {
	if c.Info.Types[e].Type == nil {
		return nil
	}
	return c.Info.Types[e].Type.Underlying()
}

// builtinWrites looks at the predeclared functions that change their argument.
func (c *checker) builtinWrites(call *ast.CallExpr) {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok || len(call.Args) == 0 {
		return
	}
	if _, ok := c.Info.Uses[id].(*types.Builtin); !ok {
		return
	}
	switch id.Name {
	case "copy", "delete", "clear":
		c.writes(call.Args[0])
	case "append":
		if s, ok := ast.Unparen(call.Args[0]).(*ast.SliceExpr); ok {
			c.writes(s)
		}
	}
}

// methodWrites looks at x.M where M has a pointer receiver and x is a variable,
// which takes its address.
func (c *checker) methodWrites(sel *ast.SelectorExpr) {
	s := c.Info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || s.Indirect() {
		return
	}
	recv := s.Obj().(*types.Func).Signature().Recv()
	_, pointer := types.Unalias(recv.Type()).(*types.Pointer)
	_, already := types.Unalias(s.Recv()).(*types.Pointer)
	if pointer && !already {
		c.writes(sel.X)
	}
}

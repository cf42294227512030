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
		if c.isArray(n.X) {
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
		id, far := c.root(e)
		c.change(e, id, far)
	}
}

// change reports e, which starts from id and is changed, if it lies in another package's
// variable, or behind a pointer from there.
func (c *checker) change(e ast.Expr, id *ast.Ident, far bool) {
	v := c.imported(id)
	if v == nil && far {
		v = c.lender(id)
	}
	if v != nil {
		c.report(e.Pos(), "assignment", "%s.%s belongs to package %s, which everything shares: it may not be changed or pointed to; keep a variable of your own",
			v.Pkg().Name(), v.Name(), v.Pkg().Path())
	}
}

// root returns the name of the variable that e lies in or is reached through, and
// whether from there to e a pointer, slice or map leads elsewhere.
func (c *checker) root(e ast.Expr) (id *ast.Ident, far bool) {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x, far
		case *ast.SelectorExpr:
			if c.imported(x.Sel) != nil {
				return x.Sel, far
			}
			s := c.Info.Selections[x]
			far = far || s != nil && s.Indirect()
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			far = far || !c.isArray(x.X)
			e = x.X
		case *ast.SliceExpr:
			far = far || !c.isArray(x.X)
			e = x.X
		case *ast.StarExpr:
			far = true
			e = x.X
		case *ast.TypeAssertExpr:
			e = x.X
		default:
			return nil, far
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

func (c *checker) isArray(e ast.Expr) bool {
	t := c.Info.Types[e].Type
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Array)
	return ok
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
		root, _ := c.root(call.Args[0])
		c.change(call.Args[0], root, true)
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

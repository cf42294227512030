package policy

import (
	"go/ast"
	"go/token"
	"go/types"
)

// keep finds the candidate's variables that are declared with a value and never get
// another one. What they point to is then what that value points to, which may be
// another package's.
func (c *checker) keep() {
	c.kept = map[*types.Var]ast.Expr{}
	for _, f := range c.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				c.keepAll(n.Lhs, n.Rhs)
			case *ast.ValueSpec:
				for i, id := range n.Names {
					c.keepOne(id, valueOf(i, len(n.Names), n.Values))
				}
			case *ast.RangeStmt:
				c.keepOne(n.Key, n.X)
				c.keepOne(n.Value, n.X)
			case *ast.IncDecStmt:
				c.keepOne(n.X, nil)
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					c.keepOne(n.X, nil)
				}
			}
			return true
		})
	}
}

func (c *checker) keepAll(targets, values []ast.Expr) {
	for i, t := range targets {
		c.keepOne(t, valueOf(i, len(targets), values))
	}
}

// valueOf returns what the ith of n variables gets, nil for what a call returns.
func valueOf(i, n int, values []ast.Expr) ast.Expr {
	switch {
	case len(values) == n:
		return values[i]
	case len(values) == 1 && i == 0:
		return values[0] // v, ok := m[k]
	}
	return nil
}

// keepOne notes that target gets a value.
func (c *checker) keepOne(target, value ast.Expr) {
	id, far := c.root(target)
	if id == nil || far {
		return
	}
	if v, ok := c.Info.Defs[id].(*types.Var); ok && target == id {
		if _, again := c.kept[v]; again {
			value = nil
		}
		c.kept[v] = value
	} else if v, ok := c.Info.Uses[id].(*types.Var); ok {
		c.kept[v] = nil
	}
}

// lender returns the variable of another package that the content of the candidate's
// variable id was reached through.
func (c *checker) lender(id *ast.Ident) *types.Var {
	for range len(c.kept) + 1 {
		if v := c.imported(id); v != nil || id == nil {
			return v
		}
		v, ok := c.Info.Uses[id].(*types.Var)
		if !ok || c.kept[v] == nil {
			return nil
		}
		id, _ = c.root(c.kept[v])
	}
	return nil
}

package instrument

import (
	"go/ast"
	"go/types"
	"slices"
)

// leaveList yields before each statement of a list that touches shared memory.
func (r *rewriter) leaveList(n ast.Node) {
	if !r.Shared {
		return
	}
	switch n := n.(type) {
	case *ast.BlockStmt:
		r.yieldBefore(n.List)
	case *ast.CaseClause:
		r.yieldBefore(n.Body)
	case *ast.CommClause:
		r.yieldBefore(n.Body)
	}
}

func (r *rewriter) yieldBefore(list []ast.Stmt) {
	for _, s := range list {
		switch {
		case clause(s):
		case r.writes(s):
			r.before(r.offset(s.Pos()), r.at("write")+"; ")
		case r.touches(s):
			r.before(r.offset(s.Pos()), r.at("read")+"; ")
		}
	}
}

func clause(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// writes reports whether s assigns to shared memory.
func (r *rewriter) writes(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return r.writes(s.Stmt)
	case *ast.IncDecStmt:
		return r.touches(s.X)
	case *ast.AssignStmt:
		for _, e := range s.Lhs {
			if r.touches(e) {
				return true
			}
		}
	}
	return false
}

// touches reports whether n itself, not what is nested in its blocks and
// function literals, reads or writes memory that other goroutines may see.
func (r *rewriter) touches(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.StarExpr:
			found = found || !r.Info.Types[x].IsType()
		case *ast.IndexExpr:
			found = found || r.Info.Types[x.X].IsValue() && !r.declared(x.X)
		case *ast.SelectorExpr:
			s := r.Info.Selections[x]
			found = found || s != nil && s.Kind() == types.FieldVal
		case *ast.Ident:
			found = found || r.shared[r.Info.Uses[x]]
		}
		return !found
	})
	return found
}

// escaping are the variables of a file that functions other than the one
// declaring them use: those of the package and those that literals capture.
func escaping(f *ast.File, info *types.Info) map[types.Object]bool {
	found := map[types.Object]bool{}
	home := map[types.Object]ast.Node{}
	var stack []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if v, ok := info.Defs[id].(*types.Var); ok {
			home[v] = enclosing(stack)
		}
		if v, ok := info.Uses[id].(*types.Var); ok && !v.IsField() && home[v] != enclosing(stack) {
			found[v] = true
		}
		return true
	})
	return found
}

// enclosing is the innermost function of a path, nil outside of all.
func enclosing(path []ast.Node) ast.Node {
	for _, p := range slices.Backward(path) {
		switch p.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return p
		}
	}
	return nil
}

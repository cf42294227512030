package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// fixed reports whether e is a constant, nil or a declared function: nothing is
// evaluated, and it may be evaluated at another time.
func (r *rewriter) fixed(e ast.Expr) bool {
	tv, ok := r.Info.Types[e]
	return ok && (tv.Value != nil || tv.IsNil()) || r.declared(e)
}

// declared reports whether e names a declared or built-in function, possibly
// instantiated.
func (r *rewriter) declared(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		switch r.Info.Uses[e].(type) {
		case *types.Func, *types.Builtin:
			return true
		}
	case *ast.SelectorExpr:
		x, ok := e.X.(*ast.Ident)
		if !ok {
			return false
		}
		_, pkg := r.Info.Uses[x].(*types.PkgName)
		return pkg && r.declared(e.Sel)
	case *ast.IndexExpr:
		return r.declared(e.X)
	case *ast.IndexListExpr:
		return r.declared(e.X)
	}
	return false
}

// typed reports whether a variable initialised with e alone has e's type.
// Untyped expressions take theirs from around them; comparisons are the only
// ones seen in practice that are not constant.
func (r *rewriter) typed(e ast.Expr) bool {
	t := r.Info.TypeOf(e)
	if t == nil {
		return false
	}
	return !r.untyped(e) || types.Identical(t, types.Typ[types.Bool])
}

func (r *rewriter) untyped(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return untypedObject(r.Info.Uses[e])
	case *ast.SelectorExpr:
		return untypedObject(r.Info.Uses[e.Sel])
	case *ast.UnaryExpr:
		return e.Op != token.ARROW && e.Op != token.AND && r.untyped(e.X)
	case *ast.BinaryExpr:
		return r.untypedBinary(e)
	case *ast.CallExpr:
		return r.untypedCall(e)
	}
	return false
}

func untypedObject(o types.Object) bool {
	if o == nil {
		return false
	}
	b, ok := o.Type().(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0 || ok && b.Kind() == types.UntypedNil
}

func (r *rewriter) untypedBinary(e *ast.BinaryExpr) bool {
	switch e.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	case token.SHL, token.SHR:
		return r.untyped(e.X)
	}
	return r.untyped(e.X) && r.untyped(e.Y)
}

// untypedCall: min, max, complex, real and imag of untyped operands are untyped.
func (r *rewriter) untypedCall(e *ast.CallExpr) bool {
	if !r.builtin(e, "min", "max", "complex", "real", "imag") {
		return false
	}
	for _, a := range e.Args {
		if !r.untyped(a) {
			return false
		}
	}
	return true
}

// builtin reports whether c calls one of the predeclared functions of these names.
func (r *rewriter) builtin(c *ast.CallExpr, names ...string) bool {
	id, ok := ast.Unparen(c.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	b, ok := r.Info.Uses[id].(*types.Builtin)
	if !ok {
		return false
	}
	return slices.Contains(names, b.Name())
}

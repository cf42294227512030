package instrument

import (
	"go/ast"
	"go/types"
)

// What stands around the functions of the standard library that yield, or that
// run a callback on a goroutine of its own. It wraps the function rather than
// the call, which covers function values, defer and go alike.
var wrappers = map[string]string{
	"runtime.Gosched":   "Gosched",
	"time.AfterFunc":    "Callback",
	"context.AfterFunc": "Callback",
}

func (r *rewriter) reference(id *ast.Ident) {
	switch f := r.Info.Uses[id].(type) {
	case *types.Builtin:
		r.clearing(id)
	case *types.Func:
		if f.Signature().Recv() == nil && f.Pkg() != nil {
			r.function(id, f.FullName())
		}
	}
}

func (r *rewriter) function(id *ast.Ident, fullName string) {
	var whole ast.Expr = id
	if s, ok := r.stack[len(r.stack)-2].(*ast.SelectorExpr); ok && s.Sel == id {
		whole = s
	}
	if wrapper, ok := wrappers[fullName]; ok {
		r.before(r.offset(whole.Pos()), r.point(wrapper)+"(")
		r.after(r.offset(whole.End()), ")")
	}
	r.substitute(id, whole, fullName)
}

package instrument

import (
	"go/ast"
	"go/types"
	"regexp"
)

// What stands around the functions of the standard library that yield, or that
// run a callback on a goroutine of its own. It wraps the function rather than
// the call, which covers function values, defer and go alike.
var wrappers = map[string]string{
	"runtime.Gosched":    "Gosched",
	"time.AfterFunc":     "Callback",
	"context.AfterFunc":  "Callback",
	"runtime.GOMAXPROCS": "Procs",
}

// prints matches functions that take a lock of the standard library, which
// orders those who print one after the other in the eyes of the race detector.
// With a yield before, there is a schedule in which it orders nothing.
var prints = regexp.MustCompile(`^(fmt\.Print|log\.|\(\*log\.Logger\)\.)`)

func (r *rewriter) reference(id *ast.Ident) {
	switch f := r.Info.Uses[id].(type) {
	case *types.Builtin:
		r.clearing(id)
	case *types.Func:
		if f.Pkg() != nil {
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
	if prints.MatchString(fullName) {
		r.wrap(whole, "print")
	}
	r.substitute(id, whole, fullName)
}

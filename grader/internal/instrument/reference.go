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
	"runtime.Gosched":           "Gosched",
	"runtime.GOMAXPROCS":        "Procs",
	"time.AfterFunc":            "Callback",
	"context.AfterFunc":         "AfterContext",
	"context.WithCancel":        "WithCancel",
	"context.WithCancelCause":   "WithCancelCause",
	"context.WithDeadline":      "WithLimit",
	"context.WithDeadlineCause": "WithLimitCause",
	"context.WithTimeout":       "WithLimit",
	"context.WithTimeoutCause":  "WithLimitCause",
}

// prints matches functions that take a lock of the standard library, which
// orders those who print one after the other in the eyes of the race detector.
// With a yield before, there is a schedule in which it orders nothing.
var prints = regexp.MustCompile(`^(fmt\.Print|log\.|\(\*log\.Logger\)\.)`)

// shares matches functions through which goroutines can tell each other something,
// though no channel or lock of the candidate's own is in them. A look at a context is
// none: that it comes before what ends the context is seen at that end. But one at its
// cause takes a lock, and so does the random source that all of a program share.
var shares = regexp.MustCompile(`^(context\.Cause|math/rand\.\w+|\(\*(time\.Timer\)\.(Stop|Reset)|io\.Pipe(Reader|Writer)\)\.\w+|net/http\.(Client|Transport)\)\.\w+))$`)

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
	switch {
	case prints.MatchString(fullName):
		r.wrap(whole, "print")
	case shares.MatchString(fullName):
		r.wrap(whole, id.Name)
	}
	r.substitute(id, whole, fullName)
}

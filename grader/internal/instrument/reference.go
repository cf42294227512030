package instrument

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
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
// though no channel or lock of the candidate's own is in them: the end of a context, how
// many goroutines there are, locks within the standard library, also that of the random
// source which all of a program share, and the pools of package fmt and others.
var shares = regexp.MustCompile(`^(` + strings.Join([]string{
	`context\.Cause`, `\(context\.Context\)\.Err`, `runtime\.NumGoroutine`, `\(\*time\.Timer\)\.(Stop|Reset)`,
	`fmt\.(Append|Errorf|Fprint|Fscan|Scan|Sprint|Sscan)\w*`,
	`io\.Copy\w*`, `\(\*bufio\.(Reader|Writer)\)\.(ReadFrom|WriteTo)`, `\(\*io\.Pipe(Reader|Writer)\)\.\w+`,
	`math/big\.(Jacobi|NewRat|ParseFloat)`, `\(\*math/big\.\w+\)\.` + numbers, `\(\*math/big\.Rat\)\.` + fractions,
	`math/rand\.\w+`,
	`net/http\.(Get|Handle|HandleFunc|Head|Post|PostForm)`, `\(\*?net/http\.(Header|Request|Response)\)\.Write\w*`,
	`\(\*net/http\.(Client|ClientConn|CrossOriginProtection|ServeMux|Server|Transport)\)\.\w+`,
	`\(\*net/textproto\.Pipeline\)\.\w+`,
}, "|") + `)$`)

// The methods of package math/big that have their memory from a pool, or the powers of
// ten from a table with a lock.
const (
	numbers   = `(Append|Binomial|Div|Exp|Format|GCD|Marshal|Mod|Mul|Parse|ProbablyPrime|Quo|Rat|Rem|Scan|SetRat|SetString|Sqrt|String|Text|Unmarshal)\w*`
	fractions = `(Add|Cmp|Float|SetF|Sub)\w*`
)

// disguises match the names of methods that shares matches, or that types which only the
// standard library can name have, by the package that a candidate has their types from:
// they may be called through an interface.
var disguises = map[string]*regexp.Regexp{
	"": regexp.MustCompile(`^(Close|CloseIdleConnections|CloseWithError|Do|Err|Get|Head|Post|PostForm|Read|ReadFrom|Reset|` +
		`RoundTrip|SetDeadline|SetReadDeadline|SetWriteDeadline|Stop|Write|WriteTo)$`),
	"math/big": regexp.MustCompile(`^(` + numbers + `|` + fractions + `)$`),
	"net/http": regexp.MustCompile(`^(AddInsecureBypassPattern|AddTrustedOrigin|Available|CancelRequest|Check|Clone|Handle|HandleFunc|` +
		`Handler|InFlight|NewClientConn|Register\w+|Release|Reserve|Serve|ServeHTTP|Set\w+|Shutdown|Write\w+)$`),
	"net/textproto": regexp.MustCompile(`^(EndRequest|EndResponse|Next|StartRequest|StartResponse)$`),
}

func (r *rewriter) reference(id *ast.Ident) {
	switch f := r.Info.Uses[id].(type) {
	case *types.Builtin:
		r.clearing(id)
		r.measuring(id)
	case *types.Func:
		if f.Pkg() != nil {
			r.function(id, f)
		}
	}
}

func (r *rewriter) function(id *ast.Ident, f *types.Func) {
	fullName := f.FullName()
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
		r.yieldAt(whole, "print")
	case shares.MatchString(fullName), r.disguised(f):
		r.yieldAt(whole, id.Name)
	}
	r.substitute(id, whole, fullName)
}

// yieldAt yields before every call of the function f: here, if this is the call.
func (r *rewriter) yieldAt(f ast.Expr, op string) {
	at := slices.Index(r.stack, ast.Node(f)) - 1
	for isParen(r.stack[at]) {
		at--
	}
	call, ok := r.stack[at].(*ast.CallExpr)
	_, deferred := r.stack[at-1].(*ast.DeferStmt)
	if ok && !deferred && ast.Unparen(call.Fun) == f {
		r.wrap(f, op)
		return
	}
	r.before(r.offset(f.Pos()), r.point("Later")+"("+strconv.Quote(op)+", ")
	r.after(r.offset(f.End()), ")")
}

// disguised says whether f is a method of an interface behind which there may be one
// that yields.
func (r *rewriter) disguised(f *types.Func) bool {
	recv := f.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return false
	}
	for from, names := range disguises {
		if names.MatchString(f.Name()) && (from == "" || r.imports(from)) {
			return true
		}
	}
	return false
}

// imports says whether a file of the package imports path.
func (r *rewriter) imports(path string) bool {
	return slices.ContainsFunc(r.Files, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool {
			p, _ := strconv.Unquote(s.Path.Value)
			return p == path
		})
	})
}

// measuring yields before a built-in function tells how full a channel is.
func (r *rewriter) measuring(id *ast.Ident) {
	at := len(r.stack) - 2
	for isParen(r.stack[at]) {
		at--
	}
	call, ok := r.stack[at].(*ast.CallExpr)
	if ok && id.Name == "len" && ast.Unparen(call.Fun) == id && len(call.Args) == 1 && r.channelLike(call.Args[0]) {
		r.wrap(call.Args[0], "len")
	}
}

package policy

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
)

// exports lists export data for what the sources of the tests import.
var exports = sync.OnceValues(func() (map[string]string, error) {
	args := []string{"list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}", "net/http", "os"}
	out, err := exec.Command("go", append(args, Packages(nil)...)...).Output()
	all := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		all[path] = file
	}
	return all, err
})

// parse parses and type-checks files as the gate does.
func parse(tb testing.TB, exercise string, files map[string][]byte) Package {
	tb.Helper()
	exported, err := exports()
	require.NoError(tb, err)
	p := Package{Fset: token.NewFileSet(), Sources: files, Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{},
	}}
	for name, text := range files {
		f, _ := parser.ParseFile(p.Fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if f != nil {
			p.Files = append(p.Files, f)
		}
	}
	open := func(path string) (io.ReadCloser, error) {
		if exported[path] == "" {
			return nil, fmt.Errorf("no package %s", path)
		}
		return os.Open(exported[path])
	}
	conf := types.Config{Importer: importer.ForCompiler(p.Fset, "gc", open), Error: func(error) {}}
	p.Types, _ = conf.Check(exercise, p.Fset, p.Files, p.Info)
	return p
}

// check returns violations as "file:line rule".
func check(tb testing.TB, files map[string][]byte, imports ...string) (found []string, all []Violation) {
	tb.Helper()
	all = Check(parse(tb, "cache", files), Rules{Exercise: "cache", Imports: imports})
	for _, v := range all {
		found = append(found, fmt.Sprintf("%s:%d %s", v.File, v.Line, v.Rule))
		require.NotEmpty(tb, v.Message)
		require.NotRegexp(tb, `\b(the|is|of|this|it)\b`, message.Problem("es", v.Message), "no Spanish for it")
	}
	return found, all
}

func source(lines ...string) map[string][]byte {
	return map[string][]byte{"cache.go": []byte(strings.Join(lines, "\n"))}
}

func TestRefused(t *testing.T) {
	const pkg = "package cache"
	for _, test := range []struct {
		name    string
		files   map[string][]byte
		imports []string
		want    []string
	}{
		{"unsafe", source(pkg, `import "unsafe"`, "var _ unsafe.Pointer"), nil, []string{"cache.go:2 import"}},
		{"cgo", source(pkg, `import "C"`), nil, []string{"cache.go:2 import"}},
		{"raw string", source(pkg, "import `os`", "var _ = os.Args"), nil, []string{"cache.go:2 import"}},
		{
			"many", source(pkg, "import (", `_ "plugin"`, `r "reflect"`, `. "testing"`, `"syscall"`, `"flag"`, `"os/exec"`, ")"), nil,
			[]string{"cache.go:3 import", "cache.go:4 import", "cache.go:5 import", "cache.go:6 import", "cache.go:7 import", "cache.go:8 import"},
		},
		{"kit", source(pkg, `import _ "gorutinas/exercises/internal/probe"`, `import . "gorutinas/exercises/balance"`), nil, []string{"cache.go:2 import", "cache.go:3 import"}},
		{"module", source(pkg, `import _ "golang.org/x/sync/errgroup"`, `import _ "./x"`, `import _ "/etc"`), nil, []string{"cache.go:2 import", "cache.go:3 import", "cache.go:4 import"}},
		{"another exercise's", source(pkg, `import _ "net/http"`), []string{"net"}, []string{"cache.go:2 import"}},
		{"wrong package", source("package main"), nil, []string{"cache.go:1 package"}},
		{"test package", source("package cache_test"), nil, []string{"cache.go:1 package"}},

		{
			"runtime names", source(pkg, `import "runtime"`, "func f() {", "runtime.GC()", "runtime.SetFinalizer(new(int), nil)", "runtime.Callers(0, nil)", "runtime.LockOSThread()", "}", "var s = runtime.Stack"), nil,
			[]string{"cache.go:4 names", "cache.go:5 names", "cache.go:6 names", "cache.go:7 names", "cache.go:9 names"},
		},
		{"runtime, dot", source(pkg, `import . "runtime"`, "func f() { GC() }", "var m MemStats"), nil, []string{"cache.go:3 names", "cache.go:4 names"}},
		{"runtime, renamed", source(pkg, `import fmt "runtime"`, "var _ = fmt.ReadMemStats"), nil, []string{"cache.go:3 names"}},
		{
			"GOMAXPROCS", source(pkg, `import "runtime"`, "func f(n int) {", "runtime.GOMAXPROCS(1)", "runtime.GOMAXPROCS(n)", "g := runtime.GOMAXPROCS", "g(1)", "h(runtime.GOMAXPROCS, 0)", "}", "func h(func(int) int, int) {}"), nil,
			[]string{"cache.go:4 names", "cache.go:5 names", "cache.go:6 names", "cache.go:8 names"},
		},
		{"only one name", source(pkg, `import "runtime"`, `import "os"`, "var _, _ = os.Getenv, os.Exit", "var _ = runtime.Stack(nil, false)", "var _ = runtime.GC"), []string{"runtime.Stack", "os.Getenv"}, []string{"cache.go:4 names", "cache.go:6 names"}},

		{
			"files", source(pkg, `import "net/http"`, "var d http.Dir", "func f() {", "http.FileServer(d)", "new(http.Transport).RegisterProtocol(``, http.NewFileTransport(d))", "}"),
			[]string{"net/http"},
			[]string{"cache.go:3 names", "cache.go:5 names", "cache.go:6 names"},
		},
		{
			"shared words", source(pkg, `import "math/big"`, "var w []big.Word", "func f(x *big.Int) {", "x.SetBits(x.Bits())", "_ = (*big.Int).Bits", "}"), nil,
			[]string{"cache.go:3 names", "cache.go:5 names", "cache.go:5 names", "cache.go:6 names"},
		},
		{
			"shared words, inferred", source(pkg, `import "math/big"`, "type w interface { Bits() []uint }", "func f[W any](x interface { Bits() []W; SetBits([]W) *big.Int }) { x.SetBits(x.Bits()) }"), nil,
			[]string{"cache.go:3 names", "cache.go:4 names", "cache.go:4 names"},
		},
		{
			"copied numbers", source(pkg, `import "math/big"`, "type s struct { n [1]big.Int }", "var a, b s", "func f(p *big.Int, ch chan any) {", "x := *p", "b = a", "ch <- x", "for _, v := range a.n {", "_ = &v", "}", "g(p)", "_ = any(a.n[0]).(big.Int)", "}", "func g[T any](p *T) { q := *p; _ = &q }", "func (s s) h(r big.Rat) (f big.Float) { return }", "var list = append([]big.Int{}, nil...)"), nil,
			[]string{
				"cache.go:6 copy", "cache.go:7 copy", "cache.go:8 copy", "cache.go:9 copy", "cache.go:12 copy", "cache.go:13 copy", "cache.go:13 copy", "cache.go:13 copy",
				"cache.go:16 copy", "cache.go:16 copy", "cache.go:16 copy", "cache.go:17 copy", "cache.go:17 copy",
			},
		},
		{
			"unseen", source(pkg, `import ("math/big"; "math/rand/v2")`, "func f(p *rand.PCG, n *big.Int, b []byte) {", "p.AppendBinary(b)", "n.SetBytes(b)", "n.GobDecode(b); n.FillBytes(b)", "new(big.Float).Append(b, 'p', 0)", "_ = rand.NewChaCha8", "}", "type register interface { UnmarshalBinary([]byte) error }"), nil,
			[]string{"cache.go:4 names", "cache.go:5 names", "cache.go:6 names", "cache.go:6 names", "cache.go:7 names", "cache.go:8 names", "cache.go:10 names"},
		},
		{
			"stacks of others", source(pkg, `import "runtime"`, "func f(b []byte, all bool) {", "runtime.Stack(b, false)", "runtime.Stack(b, true)", "(runtime.Stack)(b, all)", "g := runtime.Stack", "g(b, true)", "}"),
			[]string{"runtime.Stack"},
			[]string{"cache.go:5 names", "cache.go:6 names", "cache.go:7 names"},
		},
		{
			"callers, by an alias", source(pkg, `import ("log"; "math/rand/v2")`, "func f[I int, S []byte]() {", "type (A = I; B = S; C = A)", "type out interface { Output(C, string) error }", "type state interface { AppendBinary(B) (B, error) }", "}", "var _, _ = log.Print, rand.Int"), nil,
			[]string{"cache.go:5 names", "cache.go:6 names"},
		},
		{
			"of net/http", source(pkg, `import "net/http"`, "func f(r *http.Request, t *http.Transport) {", "r.SetPathValue(``, ``)", "r.Clone(r.Context()).PathValue(``)", "t.TLSNextProto = nil", "_ = http.Server{ErrorLog: nil}", "_, _, _ = r.TLS, t.TLSClientConfig, http.Server{}.TLSConfig", "}", "type path interface { SetPathValue(name, value string) }"),
			[]string{"net/http"},
			[]string{"cache.go:4 names", "cache.go:6 names", "cache.go:7 names", "cache.go:8 names", "cache.go:8 names", "cache.go:8 names", "cache.go:10 names"},
		},
		{"a logger of the library's", source(pkg, "import `net/http`", "var s http.Server", "func f(l interface { Output(int, string) error }) {}"), []string{"net/http"}, []string{"cache.go:4 names"}},
		{"callers, disguised", source(pkg, "import `log`; type logger interface {", "Output(calldepth int, s string) error", "}", "func f[N any](l interface { Output(N, string) error }) {}", "func g[W any](l interface { Writer() W }) {}"), nil, []string{"cache.go:3 names", "cache.go:5 names", "cache.go:6 names"}},
		{
			"callers", source(pkg, `import "log"`, "func f(l *log.Logger) {", "log.Output(1, ``)", "l.Output(1, ``)", "log.Default().Output(1, ``)", "}", "var w = log.Writer()"), nil,
			[]string{"cache.go:4 names", "cache.go:5 names", "cache.go:6 names", "cache.go:8 names"},
		},

		{"methods like refused ones", source(pkg, `import "math/rand/v2"`, "type bits interface { Bits() []int; Output(int, string) error; Append([]int, int, int) []int; Writer() any }", "var _ = rand.Int"), nil, nil},
		{"generate", source(pkg, "//go:generate stringer -type=state"), nil, nil},
		{"norace", source(pkg, "", "//go:norace", "func f() {}"), nil, []string{"cache.go:3 directive"}},
		{"linkname, indented", source(pkg, "func f() {", "\t//go:linkname f runtime.f", "}"), nil, []string{"cache.go:3 directive"}},
		{"embed", source(pkg, "//go:embed cache_hidden_test.go", "var s string"), nil, []string{"cache.go:2 directive"}},
		{"build", source("//go:build !race", "", pkg), nil, []string{"cache.go:1 directive"}},
		{"old build", source("// +build race", "", pkg), nil, []string{"cache.go:1 directive"}},
		{"build, late", source(pkg, "//go:build race"), nil, []string{"cache.go:2 directive"}},
		{"build, CRLF", source("//go:build !race\r", "\r", pkg), nil, []string{"cache.go:1 directive"}},
		{"line", source(pkg, "//line other.go:10", "func f() {}", "/*line x.go:1:2*/"), nil, []string{"cache.go:2 directive", "cache.go:4 directive"}},
		{"line moves no violation", source(pkg, "//line other.go:10", "//go:norace", "func f() {}"), nil, []string{"cache.go:2 directive", "cache.go:3 directive"}},

		{
			"assignment", source(pkg, `import "io"`, `import "context"`, "func f() {", "io.EOF = nil", "context.Canceled, _ = nil, 1", "(io.EOF) = nil", "}"), nil,
			[]string{"cache.go:5 assignment", "cache.go:6 assignment", "cache.go:7 assignment"},
		},
		{"assignment, dot", source(pkg, `import . "io"`, "func f() { EOF = nil }"), nil, []string{"cache.go:3 assignment"}},
		{"address", source(pkg, `import "io"`, "var p = &io.EOF", "var q = &(io.EOF)"), nil, []string{"cache.go:3 assignment", "cache.go:4 assignment"}},
		{"range", source(pkg, `import "io"`, "func f(es []error) {", "for _, io.EOF = range es {", "}", "}"), nil, []string{"cache.go:4 assignment"}},
		{"receive", source(pkg, `import "io"`, "func f(c chan error) {", "io.EOF = <-c", "select {", "case io.EOF = <-c:", "}", "}"), nil, []string{"cache.go:4 assignment", "cache.go:6 assignment"}},
		{
			"through", source(pkg, `import "net/http"`, `import "time"`, "func f() {", "http.DefaultClient.Timeout++", "*http.DefaultClient = http.Client{}", "http.DefaultTransport.(*http.Transport).MaxIdleConns = 1", "p := &http.DefaultClient.Timeout", "_ = p", "time.Local = nil", "*time.Local = *time.UTC", "}"),
			[]string{"net/http"},
			[]string{"cache.go:5 assignment", "cache.go:6 assignment", "cache.go:7 assignment", "cache.go:8 assignment", "cache.go:10 assignment", "cache.go:11 assignment"},
		},
		{
			"builtins", source(pkg, `import "unicode"`, "func f() {", `unicode.Scripts["x"] = nil`, `delete(unicode.Scripts, "Latin")`, "clear(unicode.Scripts)", "copy(unicode.GraphicRanges, nil)", "_ = append(unicode.GraphicRanges[:0], nil)", "}"), nil,
			[]string{"cache.go:4 assignment", "cache.go:5 assignment", "cache.go:6 assignment", "cache.go:7 assignment", "cache.go:8 assignment"},
		},

		{
			"by another name", source(pkg, `import ("net/http"; "time"; "unicode")`, "var client = http.DefaultClient", "func f() {", "l := time.Local", "*l = *time.UTC", "t := unicode.Upper", "t.R16[0].Lo = 1", "m, again := unicode.Categories, t", "m[`x`] = t", "delete(m, `x`)", "again.LatinOffset++", "for _, r := range unicode.Scripts { r.R16 = nil }", "p := &t.R32", "_ = p", "latin, _ := m[`Latin`]", "copy(latin.R16, nil)", "client.Timeout = 1", "}"),
			[]string{"net/http"},
			[]string{"cache.go:6 assignment", "cache.go:8 assignment", "cache.go:10 assignment", "cache.go:11 assignment", "cache.go:12 assignment", "cache.go:13 assignment", "cache.go:14 assignment", "cache.go:17 assignment", "cache.go:18 assignment"},
		},

		{
			"Cond, own lock", source(pkg, `import "sync"`, "type lock struct{ sync.Locker }", "type own struct{}", "func (*own) Lock() {}", "func (*own) Unlock() {}", "func f(l sync.Locker) {", "sync.NewCond(lock{})", "sync.NewCond(&lock{})", "sync.NewCond(&own{})", "sync.NewCond(l)", "_ = sync.Cond{L: l}", "var c sync.Cond", "c.L = l", "c.L = nil", "(c).L, _ = l, 1", "c.L, _ = g()", "}", "func g() (sync.Locker, int) { return nil, 1 }"), nil,
			[]string{"cache.go:8 cond", "cache.go:9 cond", "cache.go:10 cond", "cache.go:11 cond", "cache.go:12 cond", "cache.go:14 cond", "cache.go:15 cond", "cache.go:16 cond", "cache.go:17 cond"},
		},
		{
			"Cond, hidden writes", source(pkg, `import "sync"`, "func f(ls []sync.Locker) {", "var c struct{ sync.Cond }", "p := &c.L", "*p = ls[0]", "for _, c.L = range ls {", "}", "g := sync.NewCond", "g(ls[0])", "}", "type C sync.Cond", "var c = C{L: nil}", "func h[T sync.Locker](l T) { sync.NewCond(l) }"), nil,
			[]string{"cache.go:5 cond", "cache.go:7 cond", "cache.go:9 cond", "cache.go:13 cond", "cache.go:14 cond"},
		},
		{"Cond, overridden Unlock", source(pkg, `import "sync"`, "type lock struct{ sync.Mutex }", "func (*lock) Unlock() {}", "var c = sync.NewCond(&lock{})"), nil, []string{"cache.go:5 cond"}},

		{"kit's letter", source(pkg, "var kitǃpoint int", "func f() {", "ǃ:", "for { break ǃ }", "}"), nil, []string{"cache.go:2 name", "cache.go:4 name", "cache.go:5 name"}},
		{"kit's file", map[string][]byte{"cache.go": []byte(pkg), "ZZ_kit.go": []byte(pkg)}, nil, []string{"ZZ_kit.go:1 name"}},
		{
			"platforms",
			map[string][]byte{"cache.go": []byte(pkg), "a_windows.go": []byte(pkg), "b_linux_arm64.go": []byte(pkg), "c_plan9.x.go": []byte(pkg), "d_wasm_test.x.go": []byte(pkg)},
			nil,
			[]string{"a_windows.go:1 name", "b_linux_arm64.go:1 name", "c_plan9.x.go:1 name", "d_wasm_test.x.go:1 name"},
		},
		{"bidirectional", source(pkg, "// a \u202e b", "", "const s = \"\u2066\""), nil, []string{"cache.go:2 text", "cache.go:4 text"}},
		{"does not compile", source(pkg, `import "unsafe"`, `import "runtime"`, "func f() { runtime.GC(); undefined() }", "func g( {"), nil, []string{"cache.go:2 import", "cache.go:4 names"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, _ := check(t, test.files, test.imports...)
			require.Equal(t, test.want, found)
		})
	}
}

func TestMessageNamesTheWayOut(t *testing.T) {
	_, all := check(t, source("package cache", `import "os"`, "var _ = os.Exit"))
	require.Equal(t, []Violation{{
		File: "cache.go", Line: 2, Rule: "import",
		Message: `import "os" is not allowed; use log or fmt to print, return an error instead of exiting, and use parameters instead of files and arguments`,
	}}, all)
}

// An import that is refused has its advice in both languages.
func TestInstead(t *testing.T) {
	for path, advice := range instead {
		text := fmt.Sprintf("import %q is not allowed; %s", path, advice)
		require.NotContains(t, message.Problem("es", text), advice)
	}
}

func TestPackages(t *testing.T) {
	all := Packages([]string{"net/http", "runtime.Stack", "net"})
	require.Subset(t, all, []string{"net", "net/http", "runtime", "sync/atomic", "math/rand/v2"})
	require.NotContains(t, all, "runtime.Stack")
	require.NotContains(t, all, "os")
}

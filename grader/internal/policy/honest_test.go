package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHonest(t *testing.T) {
	const pkg = "package cache"
	for name, files := range map[string]map[string][]byte{
		"Cond with ordinary locks": source(pkg, `import "sync"`,
			"type guard struct { sync.Mutex; n int }", "type deep struct { guard }", "type far struct { *sync.RWMutex }", "type alias = sync.Mutex",
			"type queue struct { mu sync.RWMutex; cond *sync.Cond; plain sync.Cond; sync.Cond }",
			"func f(q *queue, p *sync.Mutex, m alias) {", "q.cond = sync.NewCond(&q.mu)", "q.cond = sync.NewCond(q.mu.RLocker())", "q.plain.L = &q.mu", "q.L = p",
			"q.cond = sync.NewCond(sync.Locker(p))", "q.cond = (sync.NewCond)((&m))", "q.cond = &sync.Cond{L: &guard{}}", "q.cond = sync.NewCond(new(deep))", "q.cond = sync.NewCond(&far{})",
			"q.cond.L.Lock()", "q.cond.L.Unlock()", "l := q.L", "_ = l", "}"),
		"embedded mutex":  source(pkg, `import "sync"`, "type c struct { sync.Mutex; m map[int]int }", "func (c *c) get() { c.Lock(); defer c.Unlock() }"),
		"helper file":     {"cache.go": []byte(pkg + "\nfunc f() { g() }"), "helper_unix.go": []byte(pkg + "\nfunc g() {}"), "linux.go": []byte(pkg), "my helper.go": []byte(pkg)},
		"CRLF":            source("// Package cache.\r", pkg+"\r", "\r", "import \"errors\"\r", "\r", "var err = errors.New(`a\r", "b`)\r"),
		"BOM":             source("\ufeff"+pkg, "import \"sync\"", "var mu sync.Mutex"),
		"no newline":      {"cache.go": []byte(pkg)},
		"shadowing":       source(pkg, `import "io"`, "func max(a, b int) int { return a }", "const true = 1", "type error interface{}", "func f(io struct{ EOF int }) { io.EOF = 1; runtime := io; _ = &runtime.EOF }", "var _ = io.EOF"),
		"own variables":   source(pkg, `import "errors"`, "var ErrX = errors.New(`x`)", "var n int", "var table = map[int]int{}", "var array [3]int", "func f() { n++; p := &n; *p = 1; ErrX = nil; table[1] = 2; delete(table, 1); _ = array[:] }"),
		"imported values": source(pkg, `import ("io"; "net/http"; "time"; "unicode"; "errors")`, "func f(e error) bool {", "c := http.DefaultClient", "_, _ = c.Get(``)", "_, _ = http.DefaultClient.Get(``)", "t := time.Now().In(time.Local)", "eof := io.EOF", "p := &eof", "_ = unicode.Scripts[`Latin`]", "for _, r := range unicode.GraphicRanges { _ = r }", "x := append([]*unicode.RangeTable(nil), unicode.GraphicRanges...)", "_, _, _ = p, t, x", "var w io.Writer = io.Discard", "_ = w", "_ = time.UTC.String()", "return errors.Is(e, io.EOF) }"),
		"copies of imported values": source(pkg, `import ("net/http"; "time"; "unicode")`, "var zone = time.Local", "type config struct { in *time.Location }",
			"func f(client *http.Client, at time.Time, letter rune) {", "if client == nil { client = http.DefaultClient; client.Timeout = 1 }",
			"c := http.DefaultClient", "if at.IsZero() { c = &http.Client{} }", "c.Timeout = 1", "d := *http.DefaultClient", "d.Timeout = 1", "d.Transport = &http.Transport{}", "d.Transport.(*http.Transport).MaxIdleConns = 1",
			"l := time.UTC", "l = zone", "at.In(l)", "upper := unicode.Upper", "unicode.Is(upper, letter)", "_ = config{in: time.UTC}", "e := http.DefaultClient", "p := &e", "*p = client", "e.Timeout = 1",
			"tables := append([]*unicode.RangeTable(nil), unicode.GraphicRanges...)", "tables[0] = nil", "r := upper.R16[0]", "r.Lo = 1", "}"),
		"runtime":        source(pkg, `import "runtime"`, "const zero = 0", "func f() int {", "runtime.Gosched()", "defer runtime.Goexit()", "runtime.KeepAlive(1)", "var e runtime.Error", "_ = e", "return runtime.NumCPU() + runtime.GOMAXPROCS(0) + (runtime.GOMAXPROCS)((zero)) + runtime.NumGoroutine() + runtime.GOMAXPROCS(0x0) }"),
		"runtime by dot": source(pkg, `import . "runtime"`, "func f() int { Gosched(); return GOMAXPROCS(0) }"),
		"imports":        source(pkg, `import . "fmt"`, `import s "sync"`, `import _ "strings"`, `import "math/rand/v2"`, "var mu s.Mutex", "var _ = rand.IntN", "func f() { Println(1) }"),
		"prose": source("// +builder: Ana", "// line 3:4 is where it waits", "//go forward", pkg, "//lineage:3 of this", "// go:build is not used here", "// //go:norace neither", "//nolint:all",
			"var _ = 1 //line up the waiters: first come, first served", "// +build the list", "const s = `//go:embed x", "//line a.go:1", "`"),
		"numbers": source(pkg, `import ("math/big"; "sync/atomic")`, "type account struct { total *big.Int; own big.Int; last atomic.Pointer[big.Int]; all []*big.Int }",
			"func (a *account) add(v *big.Int) *account {", "var x big.Int", "x.Set(v)", "(a.own).Add(&a.own, &x)", "a.total = new(big.Int).Add(a.total, v)", "a.last.Store(v)", "a.all = append(a.all, v)", "*a = account{total: big.NewInt(1), own: big.Int{}}", "return &account{} }"),
		"other methods":      source(pkg, "type sink interface { Output(string); Bits() int; SetBits(int, int) }"),
		"right to left text": source(pkg, `const s = "שלום עליכם, مرحبا"`),
		"generics":           source(pkg, "type set[T comparable] map[T]struct{}", "func (s set[T]) add(v T) { s[v] = struct{}{} }", "func use() { set[int]{}.add(1) }"),
		"does not compile":   source(pkg, "func f() { return 1 + undefined.x }", "func g( {"),
	} {
		t.Run(name, func(t *testing.T) {
			found, all := check(t, files, "net/http")
			require.Empty(t, found, "%v", all)
		})
	}
}

// TestSolutions holds that no reference, accepted or rejected solution of the
// kit breaks a rule: rejected ones are honest mistakes.
func TestSolutions(t *testing.T) {
	root := filepath.Join("..", "..", "..", "solutions")
	extra := []string{"net", "net/http", "net/url", "net/textproto", "runtime.Stack"}
	err := filepath.WalkDir(root, func(dir string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() || dir == root {
			return err
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			return err
		}
		exercise, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		for _, v := range Check(parse(t, exercise, sourcesIn(t, dir)), Rules{Exercise: exercise, Imports: extra}) {
			t.Errorf("%s: %s:%d: %s", dir, v.File, v.Line, v.Message)
		}
		return nil
	})
	require.NoError(t, err)
}

func sourcesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	all := map[string][]byte{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		all[filepath.Base(name)] = text
	}
	return all
}

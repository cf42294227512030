package instrument

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/build"
)

// exports are the files with the types of the packages that tests import.
var exports = sync.OnceValues(func() (map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}",
		pointPath, "net/...", "testing/...", "container/...", "golang.org/x/sync/...", "database/...", "math/...",
		"go/...", "log/...", "runtime/...", "os/...", "encoding/...", "text/...", "unique", "io/...", "sync/...", "internal/testenv",
		"internal/synctest", "internal/testpty", "internal/diff", "internal/trace/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if path, file, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			files[path] = file
		}
	}
	return files, nil
})

func lookup(path string) (io.ReadCloser, error) {
	files, err := exports()
	if err != nil {
		return nil, err
	}
	if vendored, ok := files["vendor/"+path]; ok {
		return os.Open(vendored)
	}
	file, ok := files[path]
	if !ok {
		return nil, fmt.Errorf("no export data for %q", path)
	}
	return os.Open(file)
}

// library imports each package once for all tests.
var library = standing{importer.ForCompiler(token.NewFileSet(), "gc", lookup)}

// standing gives the stand-ins the types of the packages they stand in for: what
// is asked here is whether rewritten code compiles, and packages of the standard
// library hand values of these types to their neighbours.
type standing struct{ types.Importer }

func (s standing) Import(path string) (*types.Package, error) {
	for std, standIn := range standIns {
		if path == standIn {
			path = std
		}
	}
	return s.Importer.Import(path)
}

// check parses and type-checks sources as one package; errors of the checker are
// returned as their messages.
func check(t testing.TB, path string, sources map[string][]byte) (Package, []string) {
	t.Helper()
	p := Package{Fset: token.NewFileSet(), Sources: sources, Info: newInfo()}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(p.Fset, name, sources[name], parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err, "%s\n%s", name, sources[name])
		p.Files = append(p.Files, f)
	}
	var problems []string
	conf := types.Config{
		Importer: library,
		Error: func(err error) {
			if e, ok := errors.AsType[types.Error](err); ok {
				problems = append(problems, e.Msg)
			}
		},
	}
	_, _ = conf.Check(path, p.Fset, p.Files, p.Info) // errors are in problems
	return p, problems
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
}

// rewriteChecked rewrites a package that compiles and requires that the result
// compiles, line by line the same.
func rewriteChecked(t testing.TB, path string, sources map[string][]byte, shared bool) map[string][]byte {
	t.Helper()
	p, problems := check(t, path, sources)
	p.Shared = shared
	out, err := Rewrite(p)
	require.NoError(t, err)
	again, after := check(t, path, out)
	require.Equal(t, problems, after, "errors of the type checker after rewriting")
	for i, f := range p.Files {
		name := p.Fset.File(f.FileStart).Name()
		require.Equal(t, bytes.Count(sources[name], []byte("\n")), bytes.Count(out[name], []byte("\n")), "lines of %s", name)
		sameLines(t, name, words(p, f), words(again, again.Files[i]))
	}
	return out
}

// sameLines requires that every word of a file is still on its line.
func sameLines(t testing.TB, name string, before, after map[string]int) {
	t.Helper()
	for word, n := range before {
		if after[word] < n {
			t.Errorf("%s: %s: %d times before, %d after", name, word, n, after[word])
		}
	}
}

// words counts the names and literals of each line as stack traces would number
// it, without those that rewriting may change.
func words(p Package, f *ast.File) map[string]int {
	count := map[string]int{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Ident:
			if !changes(p.Info.Uses[n]) && n.Name != "_" {
				count[fmt.Sprintf("line %d: %s", p.Fset.Position(n.Pos()).Line, n.Name)]++
			}
		case *ast.BasicLit:
			if n.Kind != token.STRING {
				count[fmt.Sprintf("line %d: %s", p.Fset.Position(n.Pos()).Line, n.Value)]++
			}
		}
		return true
	})
	return count
}

// changes reports whether rewriting may put another name in the place of o's.
func changes(o types.Object) bool {
	switch o := o.(type) {
	case *types.Builtin:
		return o.Name() == "close" || o.Name() == "clear"
	case *types.PkgName:
		return slices.Contains([]string{"bufio", "bytes", "maps", "slices", "strconv"}, o.Imported().Path())
	case *types.Func:
		_, ok := visible[o.FullName()]
		return ok
	}
	return false
}

// overlay lets the go command see files in a directory of this module that does
// not exist, from where they may import the internal packages.
func overlay(t *testing.T, files map[string][]byte) string {
	t.Helper()
	module, err := filepath.Abs("../../..")
	require.NoError(t, err)
	tmp, replace := t.TempDir(), map[string]string{}
	for name, text := range files {
		real := filepath.Join(tmp, strings.ReplaceAll(name, "/", "_"))
		require.NoError(t, os.WriteFile(real, text, 0o600))
		replace[filepath.Join(module, "exercises/zz-rewritten", name)] = real
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	file := filepath.Join(tmp, "overlay.json")
	require.NoError(t, os.WriteFile(file, text, 0o600))
	return file
}

// goCommand runs the go command on packages made of files, by path, and returns
// what it said.
func goCommand(t *testing.T, files map[string][]byte, verb string, flags ...string) (string, error) {
	t.Helper()
	asGraded := (&build.Builder{}).Flags() // so that nothing is compiled twice
	args := slices.Concat([]string{verb, "-overlay", overlay(t, files)}, asGraded, flags, packagesOf(files))
	cmd := exec.Command("go", args...)
	cmd.Dir = "../../.."
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func packagesOf(files map[string][]byte) []string {
	dirs := map[string]bool{}
	for name := range files {
		dirs["./exercises/zz-rewritten/"+filepath.Dir(name)] = true
	}
	return slices.Sorted(maps.Keys(dirs))
}

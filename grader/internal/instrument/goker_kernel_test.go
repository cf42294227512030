package instrument

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// kernelSources are the programs of the GoKer collection that the Go project
// keeps to test its own leak detection, each cut down to one copy of its bug.
func kernelSources(t *testing.T) map[string][]byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	dir := filepath.Join(strings.TrimSpace(string(root)), "src/runtime/testdata/testgoroutineleakprofile/goker")
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	if len(paths) == 0 {
		t.Skipf("this Go installation has no GoKer kernels (%s is empty or missing): use Go 1.26 from go.dev/dl to run this test", dir)
	}
	sources := map[string][]byte{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		sources[filepath.Base(path)] = once(t, text)
	}
	return sources
}

// kernelNames are the names that kernels are registered under.
func kernelNames(t *testing.T, sources map[string][]byte) []string {
	t.Helper()
	names := map[string]bool{}
	for name, text := range sources {
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		require.NoError(t, err)
		for kernel := range registered(f) {
			names[kernel] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// registered are the functions that f registers, by name.
func registered(f *ast.File) map[string]string {
	found := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		c, ok := n.(*ast.CallExpr)
		if !ok || len(c.Args) != 2 {
			return true
		}
		name, ok := c.Args[0].(*ast.BasicLit)
		if callee, isName := c.Fun.(*ast.Ident); ok && isName && callee.Name == "register" {
			found[strings.Trim(name.Value, `"`)] = c.Args[1].(*ast.Ident).Name
		}
		return true
	})
	return found
}

// once makes a kernel run its bug one time instead of hundreds of times side by
// side, and not print a profile of leaks at the end. Lines stay where they are.
func once(t *testing.T, text []byte) []byte {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	require.NoError(t, err)
	e := &edits{src: text}
	for _, name := range registered(f) {
		for _, s := range bodyOf(f, name) {
			e.one(fset, s)
		}
	}
	out := strings.TrimRight(render(text, 0, len(text), e.list), "\n")
	return []byte(out + "\n" + usesOf(f) + "\n")
}

func bodyOf(f *ast.File, name string) []ast.Stmt {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name {
			return fn.Body.List
		}
	}
	return nil
}

// one changes a statement of a kernel's function: the loop around the bug turns
// once, and the profile is not written.
func (e *edits) one(fset *token.FileSet, s ast.Stmt) {
	at := func(p token.Pos) int { return fset.Position(p).Offset }
	switch s := s.(type) {
	case *ast.ForStmt:
		e.replace(at(s.Cond.Pos()), at(s.Cond.End()), "i < 1")
	case *ast.DeferStmt:
		e.replace(at(s.Pos()), at(s.End()), "_ = prof"+e.lineEnds(at(s.Pos()), at(s.End())))
	}
}

// usesOf keeps in use the packages that only the profile needs.
func usesOf(f *ast.File) (uses string) {
	members := map[string]string{"os": "Stdout", "runtime": "Gosched", "time": "Now"}
	for _, s := range f.Imports {
		path, err := strconv.Unquote(s.Path.Value)
		if member := members[path]; member != "" && err == nil {
			uses += fmt.Sprintf("var _ = %s.%s; ", path, member)
		}
	}
	return uses
}

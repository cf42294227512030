// Package stdtest runs the standard library's own tests of a package on a
// package that stands in for it.
package stdtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/ast/astutil"
)

// Suite says which tests to run on what.
type Suite struct {
	Package string            // of the standard library
	Files   []string          // its test files
	Imports map[string]string // import paths of the files, and what stands in for them
	Without map[string]string // functions that cannot apply, and why
	Replace []string          // pairs of what is replaced in the files, and by what
	Extra   string            // source of one more file, without package clause; may be empty
	Build   []string          // flags for go test -c
}

// Run runs the suite in a package that exists in an overlay only, in testdata of
// the caller's directory, so that it may import what the caller may.
func Run(t *testing.T, s Suite) {
	t.Helper()
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command")
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	overlay := s.overlay(t, tmp, filepath.Join(here, "testdata", s.Package))
	binary := filepath.Join(tmp, "std.test")
	build := append([]string{"test", "-c", "-o", binary, "-overlay", overlay, "-vet=off"}, s.Build...)
	command(t, here, goCommand, append(build, "./testdata/"+s.Package)...)
	t.Logf("%s", command(t, tmp, binary, "-test.short", "-test.v"))
}

// name is the test package's, as stacks in the tests expect it.
func (s Suite) name() string { return path.Base(s.Package) + "_test" }

func command(t *testing.T, dir, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	return out
}

// overlay writes the rewritten files to tmp and returns the name of a file that lays
// them over dir.
func (s Suite) overlay(t *testing.T, tmp, dir string) string {
	t.Helper()
	replace := map[string]string{}
	add := func(name string, text []byte) {
		real := filepath.Join(tmp, name)
		if err := os.WriteFile(real, text, 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(dir, name)] = real
	}
	root := strings.TrimSpace(string(command(t, tmp, "go", "env", "GOROOT")))
	for _, name := range s.Files {
		text, err := s.rewrite(filepath.Join(root, "src", s.Package, name))
		if err != nil {
			t.Fatal(err)
		}
		add(name, text)
	}
	add("extra_test.go", []byte("package "+s.name()+"\n\n"+s.Extra))
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	add("overlay.json", text)
	return replace[filepath.Join(dir, "overlay.json")]
}

// rewrite returns a test file with its imports replaced and without what cannot
// apply.
func (s Suite) rewrite(name string) ([]byte, error) {
	fset := token.NewFileSet()
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the standard library's tests: %w", err)
	}
	text = []byte(strings.NewReplacer(s.Replace...).Replace(string(text)))
	f, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parsing the standard library's tests: %w", err)
	}
	f.Name.Name = s.name()
	s.drop(f)
	s.replaceImports(fset, f)
	var b bytes.Buffer
	if err := format.Node(&b, fset, f); err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return b.Bytes(), nil
}

func (s Suite) drop(f *ast.File) {
	var kept []ast.Decl
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || s.Without[fn.Name.Name] == "" {
			kept = append(kept, d)
			continue
		}
		f.Comments = slices.DeleteFunc(f.Comments, func(c *ast.CommentGroup) bool {
			return c == fn.Doc || fn.Pos() <= c.Pos() && c.End() <= fn.End()
		})
	}
	f.Decls = kept
}

// replaceImports also drops the imports that nothing uses any more; an import
// whose stand-in is "" is what the suite's extra file defines.
func (s Suite) replaceImports(fset *token.FileSet, f *ast.File) {
	for _, spec := range append([]*ast.ImportSpec(nil), f.Imports...) {
		p, _ := strconv.Unquote(spec.Path.Value)
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		to, replaced := s.Imports[p]
		switch {
		case name != "." && name != "_" && !uses(f, name, p), replaced && to == "":
			astutil.DeleteNamedImport(fset, f, name, p)
		case replaced:
			spec.Path.Value = strconv.Quote(to)
		}
	}
}

func uses(f *ast.File, name, importPath string) (used bool) {
	if name == "" {
		name = path.Base(strings.TrimSuffix(importPath, "/v2"))
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == name {
				used = true
			}
		}
		return !used
	})
	return used
}

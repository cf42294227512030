package exam

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gorutinas/grader/internal/catalog"
)

// structure returns what is wrong with the files of e, in sentences: manifest
// and tests must name the same checks, every test must begin with probe.Check and find
// the same mistake first whenever it runs, the two statements must have the same
// structure, and nothing of the scaffold may be left to write.
func structure(e *catalog.Exercise) []string {
	hidden, visible, defects := testFiles(e)
	defects = append(defects, checkTests(hidden, "hidden", e.Hidden)...)
	defects = append(defects, checkTests(visible, "visible", e.Visible)...)
	defects = append(defects, checkOrder(slices.Concat(hidden, visible))...)
	defects = append(defects, checkStatements(e)...)
	return append(defects, checkWritten(e)...)
}

// testFiles parses e's hidden and visible tests.
func testFiles(e *catalog.Exercise) (hidden, visible []*ast.File, defects []string) {
	names, err := fs.Glob(os.DirFS(e.Dir), "*_test.go")
	if err != nil {
		return nil, nil, []string{err.Error()}
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(e.Dir, name), nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			defects = append(defects, err.Error())
			continue
		}
		named := strings.HasSuffix(name, "_hidden_test.go")
		if named != taggedHidden(file) {
			defects = append(defects, fmt.Sprintf("%s: the name of a hidden test file ends in _hidden_test.go, and it begins with //go:build hidden", name))
		}
		if named {
			hidden = append(hidden, file)
		} else {
			visible = append(visible, file)
		}
	}
	return hidden, visible, defects
}

func taggedHidden(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text+" ", "//go:build hidden ") && c.Pos() < file.Package {
				return true
			}
		}
	}
	return false
}

func checkTests(files []*ast.File, kind string, checks []catalog.Check) []string {
	var defects, found []string
	for _, f := range tests(files) {
		name := f.Name.Name
		listed := slices.ContainsFunc(checks, func(c catalog.Check) bool { return c.Name == name })
		switch {
		case !listed && beginsWithCheck(f):
			defects = append(defects, fmt.Sprintf("the %s test %s calls probe.Check but the manifest does not list it", kind, name))
		case listed && !beginsWithCheck(f):
			defects = append(defects, fmt.Sprintf("the %s test %s does not begin with probe.Check(t)", kind, name))
		}
		found = append(found, name)
	}
	for _, c := range checks {
		if !slices.Contains(found, c.Name) {
			defects = append(defects, fmt.Sprintf("the manifest lists the %s test %s, which is not there", kind, c.Name))
		}
	}
	return defects
}

// tests returns the test functions in files.
func tests(files []*ast.File) (all []*ast.FuncDecl) {
	for _, file := range files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") && f.Name.Name != "TestMain" {
				all = append(all, f)
			}
		}
	}
	return all
}

func beginsWithCheck(f *ast.FuncDecl) bool {
	if len(f.Body.List) == 0 {
		return false
	}
	stmt, ok := f.Body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "probe" && sel.Sel.Name == "Check"
}

// checkOrder finds cases that a test goes through in another order each time.
func checkOrder(files []*ast.File) (defects []string) {
	for _, file := range files {
		for n := range ast.Preorder(file) {
			loop, ok := n.(*ast.RangeStmt)
			if !ok {
				continue
			}
			cases, ok := loop.X.(*ast.CompositeLit)
			if !ok {
				continue
			}
			if _, ok := cases.Type.(*ast.MapType); ok {
				defects = append(defects, fmt.Sprintf("the tests of package %s range over a map of cases, in an order that is another each time; make it a slice", file.Name))
			}
		}
	}
	return defects
}

func checkStatements(e *catalog.Exercise) []string {
	en, errEn := headings(filepath.Join(e.Dir, "README.md"))
	es, errEs := headings(filepath.Join(e.Dir, "README.es.md"))
	switch {
	case errEn != nil:
		return []string{errEn.Error()}
	case errEs != nil:
		return []string{errEs.Error()}
	case !slices.Equal(en, es):
		return []string{fmt.Sprintf("README.md and README.es.md differ in structure: %v against %v", en, es)}
	}
	return nil
}

// headings returns the structure of a statement: its headings' levels, and the
// number of numbered sentences under each.
func headings(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []string
	for line := range strings.Lines(string(text)) {
		level := len(line) - len(strings.TrimLeft(line, "#"))
		number, _, numbered := strings.Cut(line, ". ")
		switch {
		case level > 0 && strings.HasPrefix(line[level:], " "):
			all = append(all, line[:level])
		case numbered && isNumber(number):
			all = append(all, number)
		}
	}
	return all, nil
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 8)
	return err == nil
}

// checkWritten finds what the author of a new exercise still has to write.
func checkWritten(e *catalog.Exercise) (defects []string) {
	entries, err := os.ReadDir(e.Dir)
	if err != nil {
		return []string{err.Error()}
	}
	for _, f := range entries {
		text, err := os.ReadFile(filepath.Join(e.Dir, f.Name()))
		if before, _, found := strings.Cut(string(text), unwritten); err == nil && found {
			defects = append(defects, fmt.Sprintf("%s:%d is still to be written", f.Name(), 1+strings.Count(before, "\n")))
		}
	}
	return defects
}

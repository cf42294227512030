package exam

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gorutinas/grader/internal/catalog"
)

// Structure returns what is wrong with the files of e, in sentences: manifest
// and tests must name the same checks, every test must begin with probe.Check,
// and the two statements must have the same structure.
func Structure(e *catalog.Exercise) []string {
	var defects []string
	for _, part := range []struct {
		file   string
		checks []catalog.Check
	}{
		{e.Name + "_hidden_test.go", e.Hidden},
		{e.Name + "_test.go", e.Visible},
	} {
		defects = append(defects, checkTests(e, part.file, part.checks)...)
	}
	return append(defects, checkStatements(e)...)
}

func checkTests(e *catalog.Exercise, name string, checks []catalog.Check) []string {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(e.Dir, name), nil, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	var defects, found []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil || !strings.HasPrefix(f.Name.Name, "Test") {
			continue
		}
		listed := slices.ContainsFunc(checks, func(c catalog.Check) bool { return c.Name == f.Name.Name })
		switch {
		case !listed && beginsWithCheck(f):
			defects = append(defects, fmt.Sprintf("%s: %s calls probe.Check but the manifest does not list it", name, f.Name.Name))
		case listed && !beginsWithCheck(f):
			defects = append(defects, fmt.Sprintf("%s: %s does not begin with probe.Check(t)", name, f.Name.Name))
		}
		found = append(found, f.Name.Name)
	}
	for _, c := range checks {
		if !slices.Contains(found, c.Name) {
			defects = append(defects, fmt.Sprintf("%s: the manifest lists %s, which is not there", name, c.Name))
		}
	}
	return defects
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
		case numbered && len(number) == 1 && number[0] >= '1' && number[0] <= '9':
			all = append(all, number)
		}
	}
	return all, nil
}

// Package policy is the static gate: what a parser and a type checker can see
// that a candidate may not do. It knows nothing of running.
package policy

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Package is a parsed candidate, as far as it could be type-checked. Files were
// parsed with comments; Types and Info hold what was resolved.
type Package struct {
	Fset    *token.FileSet
	Files   []*ast.File
	Sources map[string][]byte // by the name each file was parsed under
	Types   *types.Package    // nil: nothing was
	Info    *types.Info       // never nil; with Defs, Uses, Selections, Instances and Types
}

// Rules are what is allowed in one exercise.
type Rules struct {
	Exercise string   // name of the package
	Imports  []string // beyond DefaultImports: packages, and functions such as runtime.Stack
}

// Violation is one thing that a candidate may not do.
type Violation struct {
	File    string // base name
	Line    int
	Rule    string // which rule it breaks: import, names, copy, cond, text, ...
	Message string // what, why not, and what to use instead
}

// Check returns p's violations in order of file and line. Rules that need types
// apply to whatever was resolved.
func Check(p Package, r Rules) []Violation {
	c := &checker{Package: p, rules: r, allowed: allowed(r.Imports), cond: condField(p.Types)}
	c.keep()
	for _, f := range p.Files {
		c.file(f)
	}
	slices.SortStableFunc(c.found, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return c.found
}

type checker struct {
	Package
	rules   Rules
	allowed map[string]names
	cond    *types.Var // field L of sync.Cond
	kept    map[*types.Var]ast.Expr
	name    string // of the file being checked
	found   []Violation
}

func (c *checker) file(f *ast.File) {
	c.name = c.Fset.PositionFor(f.FileStart, false).Filename
	c.checkName()
	c.checkText()
	c.checkPackage(f)
	c.checkComments(f)
	c.checkImports(f)
	ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool {
		c.node(n, stack)
		return true
	})
}

// node applies the rules that look at one node and those above it.
func (c *checker) node(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		c.checkReserved(n)
		c.checkUse(n, stack)
	case *ast.AssignStmt, *ast.IncDecStmt, *ast.RangeStmt, *ast.UnaryExpr, *ast.SliceExpr, *ast.CallExpr, *ast.SelectorExpr:
		c.checkWrites(n)
	case *ast.FuncDecl:
		c.checkByValue(n.Recv)
	case *ast.FuncType:
		c.checkByValue(n.Params)
		c.checkByValue(n.Results)
	case *ast.InterfaceType:
		c.checkDisguise(n)
	}
	if e, ok := n.(ast.Expr); ok {
		c.checkCopies(e, stack)
	}
	c.checkCond(n, stack)
}

// report adds a violation at pos.
func (c *checker) report(pos token.Pos, rule, format string, args ...any) {
	c.reportLine(c.Fset.PositionFor(pos, false).Line, rule, format, args...)
}

func (c *checker) reportLine(line int, rule, format string, args ...any) {
	c.found = append(c.found, Violation{File: c.name, Line: line, Rule: rule, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) checkPackage(f *ast.File) {
	if f.Name == nil || f.Name.Name == "" || f.Name.Name == "_" {
		return // no package clause: the compiler's
	}
	if f.Name.Name != c.rules.Exercise {
		c.report(f.Name.Pos(), "package", "the package is called %s; every file of this exercise begins with: package %s", f.Name.Name, c.rules.Exercise)
	}
}

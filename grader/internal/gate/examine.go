package gate

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"

	"gorutinas/grader/internal/idiom"
	"gorutinas/grader/internal/instrument"
	"gorutinas/grader/internal/policy"
)

// examiner examines candidates one after the other. What they import is read
// once.
type examiner struct {
	fset    *token.FileSet
	imports types.Importer
}

func newExaminer(exports map[string]string) *examiner {
	fset := token.NewFileSet()
	open := func(path string) (io.ReadCloser, error) {
		file, ok := exports[path]
		if !ok {
			return nil, fmt.Errorf("package %s is not available", path)
		}
		return os.Open(file)
	}
	return &examiner{fset: fset, imports: importer.ForCompiler(fset, "gc", open)}
}

// examine checks and rewrites one candidate.
func (x *examiner) examine(e Exercise) Answer {
	p, failure := x.check(e)
	if p == nil {
		return Answer{Exercise: e.Name, Problem: &Problem{
			File: e.Name + ".go", Message: "the type checker cannot cope with it (" + failure.Error() + "); write it in a simpler way",
		}}
	}
	a, err := judge(e, p, failure)
	if err != nil { // the candidate may be right, but cannot be run
		a.Problem = &Problem{File: e.Name + ".go", Message: "the grader cannot cope with it (" + err.Error() + "); write it in a simpler way, and report this as a defect of the grader"}
	}
	return a
}

// judge applies the rules to p, of which the type checker may have complained. The
// error is for defects of the grader's.
func judge(e Exercise, p *policy.Package, complaint error) (a Answer, err error) {
	a.Exercise = e.Name
	defer recovered(&err)
	found := policy.Check(*p, policy.Rules{Exercise: e.Name, Imports: e.Imports})
	if len(found) > 0 {
		a.Problem = &Problem{File: found[0].File, Line: found[0].Line, Message: found[0].Message}
		return a, nil
	}
	if complaint != nil {
		a.Unchecked = complaint.Error()
		return a, nil
	}
	a.Advice = idiom.Check(idiom.Package{Fset: p.Fset, Files: p.Files, Types: p.Types, Info: p.Info})
	a.Files, err = instrument.Rewrite(instrument.Package{Fset: p.Fset, Files: p.Files, Sources: p.Sources, Info: p.Info})
	return a, err
}

// TypeCheck returns the type checker's first complaint about each of all, nil
// for those that compile. It works in this process, without limits: it is for
// programs that are trusted.
func TypeCheck(exports map[string]string, all []Exercise) []error {
	x := newExaminer(exports)
	complaints := make([]error, len(all))
	for i, e := range all {
		_, complaints[i] = x.check(e)
	}
	return complaints
}

// check parses and type-checks a candidate together with the kit's files of its
// package. The error is the first that was found; there is no package when the
// checker gave up.
func (x *examiner) check(e Exercise) (p *policy.Package, err error) {
	defer func() {
		if v := recover(); v != nil {
			p, err = nil, fmt.Errorf("%v", v)
		}
	}()
	first := &firstError{}
	p = &policy.Package{Fset: x.fset, Sources: e.Files, Info: newInfo()}
	p.Files = x.parse(e.Files, first)
	kit := x.parse(e.Kit, first)
	conf := types.Config{
		Importer: x.imports, Error: first.note, Sizes: types.SizesFor("gc", runtime.GOARCH),
		GoVersion: version.Lang(runtime.Version()), // what a loop variable is depends on it
	}
	p.Types, err = conf.Check("gorutinas/exercises/"+e.Name, x.fset, slices.Concat(p.Files, kit), p.Info)
	first.note(err)
	return p, first.err
}

func (x *examiner) parse(files map[string][]byte, first *firstError) []*ast.File {
	var all []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := parser.ParseFile(x.fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		first.note(err)
		if f != nil {
			all = append(all, f)
		}
	}
	return all
}

func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes:     map[ast.Node]*types.Scope{},
		Instances:  map[*ast.Ident]types.Instance{},

		FileVersions: map[*ast.File]string{},
	}
}

// firstError keeps the first of many errors.
type firstError struct{ err error }

func (f *firstError) note(err error) {
	if f.err == nil {
		f.err = err
	}
}

// recovered turns a panic into an error.
func recovered(err *error) {
	if v := recover(); v != nil {
		*err = fmt.Errorf("the gate failed: %v", v)
	}
}

// Package idiom finds what is legal Go and passes its tests, but what a reviewer
// would still send back: what go vet says of it, some of which go test leaves out.
// It is advice; it costs no points.
package idiom

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/bools"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/errorsas"
	"golang.org/x/tools/go/analysis/passes/ifaceassert"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/nilfunc"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/stringintconv"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
)

// analyzers are the analyses that speak of concurrency or of calls whose result
// matters, and those for which go test would fail.
var analyzers = []*analysis.Analyzer{
	atomic.Analyzer, bools.Analyzer, copylock.Analyzer, defers.Analyzer, errorsas.Analyzer,
	ifaceassert.Analyzer, loopclosure.Analyzer, lostcancel.Analyzer, nilfunc.Analyzer,
	printf.Analyzer, stringintconv.Analyzer, unusedresult.Analyzer, waitgroup.Analyzer,
}

// Advice is one remark about a line of a candidate.
type Advice struct {
	File    string `json:"file"` // base name; "" for what counts the remarks that are left out
	Line    int    `json:"line"`
	Name    string `json:"name"` // of the analysis, such as copylocks
	Message string `json:"message"`
}

// Package is a type-checked candidate. It must type-check without errors.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
}

// most is how many remarks on one candidate anybody reads.
const most = 20

// Check returns the advice on p, in order of file and line, cut to what anybody
// reads and a count of the rest. An analysis that fails is left out: no advice is
// better than a grade that depends on it.
func Check(p Package) []Advice {
	c := checker{pkg: p, results: map[*analysis.Analyzer]any{}, seen: map[Advice]bool{}}
	for _, a := range analyzers {
		c.run(a)
	}
	slices.SortStableFunc(c.advice, func(a, b Advice) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return firstOf(c.advice)
}

func firstOf(all []Advice) []Advice {
	left := len(all) - most
	if left <= 0 {
		return all
	}
	return append(all[:most:most], Advice{Message: fmt.Sprintf("more advice, left out here: %d", left)})
}

// checker runs analyses on one package, without facts about others.
type checker struct {
	pkg     Package
	results map[*analysis.Analyzer]any
	advice  []Advice
	seen    map[Advice]bool // what is in advice
}

// run runs a after what it requires and says whether it succeeded.
func (c *checker) run(a *analysis.Analyzer) (ok bool) {
	if _, done := c.results[a]; done {
		return true
	}
	for _, r := range a.Requires {
		if !c.run(r) {
			return false
		}
	}
	defer func() {
		if p := recover(); p != nil {
			ok = false
		}
	}()
	result, err := a.Run(c.pass(a))
	if err != nil {
		return false
	}
	c.results[a] = result
	return true
}

func (c *checker) pass(a *analysis.Analyzer) *analysis.Pass {
	of := map[*analysis.Analyzer]any{}
	for _, r := range a.Requires {
		of[r] = c.results[r]
	}
	return &analysis.Pass{
		Analyzer: a, Fset: c.pkg.Fset, Files: c.pkg.Files, Pkg: c.pkg.Types, TypesInfo: c.pkg.Info,
		TypesSizes: types.SizesFor("gc", runtime.GOARCH),
		ResultOf:   of,
		Report:     func(d analysis.Diagnostic) { c.report(a.Name, d) },
		ReadFile:   func(name string) ([]byte, error) { return nil, fmt.Errorf("%s is not read", name) },

		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
}

func (c *checker) report(name string, d analysis.Diagnostic) {
	at := c.pkg.Fset.Position(d.Pos)
	a := Advice{File: filepath.Base(at.Filename), Line: at.Line, Name: name, Message: d.Message}
	if !c.seen[a] {
		c.seen[a] = true
		c.advice = append(c.advice, a)
	}
}

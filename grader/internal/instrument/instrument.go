// Package instrument rewrites a candidate so that its schedules can be explored:
// sync, sync/atomic, log and io become those of exercises/internal/explore,
// and every operation on a channel, every select and every start of a goroutine
// becomes a yield point of package point. Lock and atomic operations yield by
// themselves, so nothing but their import paths is touched. And what accesses
// memory unseen by the race detector (maps.Clone, clear of a slice) becomes
// something that it sees.
//
// The rewritten program behaves as the original does, and its stack traces name
// the same lines: a file keeps its number of lines, what stays stays on its
// line, and what has to move (the operands of a select) takes its line along in
// a line directive. A construct that cannot be rewritten safely is left alone.
package instrument

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
)

// Package is one type-checked candidate package.
type Package struct {
	Fset    *token.FileSet
	Files   []*ast.File
	Sources map[string][]byte // base name → the source that Files were parsed from
	Info    *types.Info       // needs Types, Defs, Uses and Selections

	// Shared also yields before every statement that touches memory other
	// goroutines may see. Not needed under the race detector, which ends the
	// process at the first access that no lock orders.
	Shared bool
}

// Rewrite returns the rewritten sources by base name. Neither the sources nor
// the syntax trees are changed. It fails for files without their source, and where what
// it made cannot be parsed, which is a defect of its own.
func Rewrite(p Package) (map[string][]byte, error) {
	prefix := freshPrefix(p.Sources)
	out := make(map[string][]byte, len(p.Files))
	for _, f := range p.Files {
		name := filepath.Base(p.Fset.File(f.FileStart).Name())
		src, ok := p.Sources[name]
		if !ok {
			return nil, fmt.Errorf("rewriting %s: its source was not given; pass it in Sources", name)
		}
		text := newRewriter(p, f, src, prefix).rewrite()
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
			return nil, fmt.Errorf("rewriting %s made it unreadable: %w", name, err)
		}
		out[name] = text
	}
	return out, nil
}

// freshPrefix starts the names that rewritten code adds. No source holds it, so
// that no declaration of the candidate's can take a yield point's place.
func freshPrefix(sources map[string][]byte) string {
	prefix := "kitǃ"
	for held(sources, prefix) {
		prefix += "ǃ"
	}
	return prefix
}

func held(sources map[string][]byte, s string) bool {
	for _, src := range sources {
		if bytes.Contains(src, []byte(s)) {
			return true
		}
	}
	return false
}

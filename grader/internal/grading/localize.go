package grading

import (
	"fmt"
	"slices"
	"strings"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// localize fills in what depends on the reader's language: titles, sentences,
// and a hint for every check that did not pass.
func (g *Grader) localize(e results.Exercise) results.Exercise {
	manifest := g.Kit.Exercise(e.Name).Checks(g.Kit.Hidden)
	e.Checks = slices.Clone(e.Checks)
	for i := range e.Checks {
		c := &e.Checks[i]
		m := manifest[slices.IndexFunc(manifest, func(m catalog.Check) bool { return m.Name == c.Name })]
		c.Title = m.Title.In(g.Lang)
		if c.Verdict == results.Pass {
			continue
		}
		c.Message = message.Render(g.Lang, c.Code, c.Args)
		c.Hint = m.Hints.In(g.Lang)[0]
	}
	return e
}

// missing says what was found instead of an exercise's file. It blames no file: what
// was found may lie anywhere in the submission, and a problem's file is in the
// exercise's directory.
func missing(e *catalog.Exercise, found []string) *results.Problem {
	if len(found) == 0 {
		return results.NewProblem("", 0, message.NotHandedIn(e.File()))
	}
	return results.NewProblem("", 0, fmt.Sprintf("%s; found instead: %s; rename the file that is meant", message.NotHandedIn(e.File()), strings.Join(found, ", ")))
}

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
	exercise := g.Kit.Exercise(e.Name)
	e.Checks = slices.Clone(e.Checks)
	for i := range e.Checks {
		c := &e.Checks[i]
		m := manifest(exercise, c.Name)
		c.Title = m.Title.In(g.Lang)
		if c.Verdict == results.Pass {
			continue
		}
		c.Message = message.Render(g.Lang, c.Code, c.Args, exercise.Phrases.In(g.Lang))
		c.Hint = m.Hints.In(g.Lang)[0]
	}
	return e
}

// manifest returns what the manifest of e says of the check called name: of a hidden
// one, or in a student kit of a visible one. Where it says nothing, that is empty.
func manifest(e *catalog.Exercise, name string) catalog.Check {
	for _, c := range slices.Concat(e.Hidden, e.Visible) {
		if c.Name == name {
			return c
		}
	}
	return catalog.Check{}
}

// Localize puts c, graded for somebody else, into the language lang. What kit has not,
// and all that is not made from a code if kit is nil, stays in the language that it is in.
func Localize(kit *catalog.Kit, lang string, c results.Class) results.Class {
	c.Submissions = slices.Clone(c.Submissions)
	for i, g := range c.Submissions {
		c.Submissions[i].Exercises = slices.Clone(g.Exercises)
		for j, e := range g.Exercises {
			var known *catalog.Exercise
			if kit != nil {
				known = kit.Exercise(e.Name)
			}
			c.Submissions[i].Exercises[j].Checks = translated(known, lang, e.Checks)
		}
	}
	return c
}

// translated returns checks of e, which may be nil, in lang.
func translated(e *catalog.Exercise, lang string, checks []results.Check) []results.Check {
	if e == nil {
		e = &catalog.Exercise{}
	}
	checks = slices.Clone(checks)
	for i := range checks {
		c := &checks[i]
		m := manifest(e, c.Name)
		if c.Title == m.Title.En || c.Title == m.Title.Es {
			c.Title = m.Title.In(lang)
		}
		if at := max(slices.Index(m.Hints.En, c.Hint), slices.Index(m.Hints.Es, c.Hint)); at >= 0 {
			c.Hint = m.Hints.In(lang)[at]
		}
		if c.Code != "" {
			c.Message = message.Render(lang, c.Code, c.Args, e.Phrases.In(lang))
		}
	}
	return checks
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

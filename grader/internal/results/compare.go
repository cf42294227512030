package results

import (
	"fmt"
	"maps"
	"slices"
)

// Change is one thing that differs between two gradings of a class. Exercise
// and Check are empty where the difference is the submission's or exercise's.
// Before or After is empty where there was nothing.
type Change struct {
	Submission, Exercise, Check string
	Before, After               Outcome
}

// Outcome is a verdict or a status, and the points that came of it.
type Outcome struct {
	What       string // Verdict or Status; "" for nothing
	Score, Max int
}

// Compare returns what a regrade changed, in order of submission: submissions,
// exercises and checks that came, went, or have another verdict, status, score or
// highest score. What follows from a change within it is not one of its own. The
// same lines found in another order are no change.
func Compare(before, after Class) []Change {
	var changes []Change
	pairUp(named(before.Submissions), named(after.Submissions), func(id string, b, a *Grade) {
		changes = append(changes, b.compare(id, a)...)
	})
	return changes
}

// named keys grades by id; the second and later of one id by their place too.
func named(grades []Grade) map[string]*Grade {
	m := map[string]*Grade{}
	for i, g := range grades {
		key := g.ID
		for n := 2; m[key] != nil; n++ {
			key = fmt.Sprintf("%s (%d)", g.ID, n)
		}
		m[key] = &grades[i]
	}
	return m
}

// pairUp calls f for each key of either map, in order, with nil for what is missing.
func pairUp[T any](before, after map[string]*T, f func(key string, b, a *T)) {
	keys := maps.Clone(before)
	maps.Copy(keys, after)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		f(k, before[k], after[k])
	}
}

func (g *Grade) compare(id string, after *Grade) []Change {
	own := Change{Submission: id, Before: g.outcome(), After: after.outcome()}
	if g == nil || after == nil || own.Before.What != own.After.What {
		return []Change{own}
	}
	var within []Change
	pairUp(g.byName(), after.byName(), func(name string, b, a *Exercise) {
		for _, c := range b.compare(a) {
			c.Submission, c.Exercise = id, name
			within = append(within, c)
		}
	})
	return own.unless(within)
}

func (e *Exercise) compare(after *Exercise) []Change {
	own := Change{Before: e.outcome(), After: after.outcome()}
	if e == nil || after == nil || own.Before.What != own.After.What {
		return []Change{own}
	}
	var within []Change
	if own.Before.What == string(StatusGraded) { // the checks of others did not run
		pairUp(e.byName(), after.byName(), func(name string, b, a *Check) {
			c := Change{Check: name, Before: b.outcome(), After: a.outcome()}
			within = append(within, c.unless(nil)...)
		})
	}
	return own.unless(within)
}

// unless returns the changes within what c is of, or c itself where there are none
// and it is one.
func (c Change) unless(within []Change) []Change {
	if len(within) > 0 || c.Before == c.After {
		return within
	}
	return []Change{c}
}

func (g *Grade) outcome() Outcome {
	if g == nil {
		return Outcome{}
	}
	return Outcome{string(g.Status), g.Score, g.MaxScore}
}

func (e *Exercise) outcome() Outcome {
	if e == nil {
		return Outcome{}
	}
	return Outcome{string(e.Status), e.Score, e.MaxScore}
}

func (c *Check) outcome() Outcome {
	if c == nil {
		return Outcome{}
	}
	return Outcome{string(c.Verdict), c.Score, c.Points}
}

func (g *Grade) byName() map[string]*Exercise {
	m := make(map[string]*Exercise, len(g.Exercises))
	for i, e := range g.Exercises {
		m[e.Name] = &g.Exercises[i]
	}
	return m
}

func (e *Exercise) byName() map[string]*Check {
	m := make(map[string]*Check, len(e.Checks))
	for i, c := range e.Checks {
		m[c.Name] = &e.Checks[i]
	}
	return m
}

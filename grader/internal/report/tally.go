package report

import (
	"fmt"
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// count is how often a verdict or status occurs.
type count struct {
	what  string // in the reader's language
	count int
}

// tally counts what keeps g from full marks, in order of first appearance:
// exercises that were not graded by status, lost checks of others by verdict.
func tally(o Options, g results.Grade) []count {
	var all []count
	add := func(what string) {
		for i := range all {
			if all[i].what == what {
				all[i].count++
				return
			}
		}
		all = append(all, count{what, 1})
	}
	for _, e := range g.Exercises {
		if e.Status != results.StatusGraded {
			add(message.Status(o.Lang, string(e.Status)))
			continue
		}
		for _, c := range e.Checks {
			if lost(c) {
				add(message.Verdict(o.Lang, string(c.Verdict)))
			}
		}
	}
	return all
}

// summary names what kept g from full marks: "2 race, 1 leak".
func summary(o Options, g results.Grade) string {
	if g.Status != results.StatusGraded {
		return message.Status(o.Lang, string(g.Status))
	}
	var parts []string
	for _, n := range tally(o, g) {
		parts = append(parts, fmt.Sprintf("%d %s", n.count, n.what))
	}
	if len(parts) == 0 {
		return message.Verdict(o.Lang, string(results.Pass))
	}
	return strings.Join(parts, ", ")
}

// remarks are what an instructor should know of g besides its score.
func remarks(g results.Grade) string {
	if g.Status == results.StatusError {
		return g.Problem
	}
	return strings.Join(g.Flags, ", ")
}

// mean returns the average score of the submissions that were graded and what
// the highest of them could have.
func mean(grades []results.Grade) (average float64, of int, ok bool) {
	sum, n := 0, 0
	for _, g := range grades {
		if g.Status == results.StatusGraded {
			sum, n, of = sum+g.Score, n+1, max(of, g.MaxScore)
		}
	}
	if n == 0 {
		return 0, 0, false
	}
	return float64(sum) / float64(n), of, true
}

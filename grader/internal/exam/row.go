package exam

import (
	"fmt"
	"slices"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// checks are what a row tells of: e's hidden checks, then the visible ones, which
// are all that a student kit grades with.
func checks(e *catalog.Exercise) []catalog.Check { return slices.Concat(e.Hidden, e.Visible) }

// Row is one solution's part of the matrix: by check, in the report's order, each
// verdict with how many rounds gave it, and what the tests said in their own words
// of the first finding.
type Row struct {
	Solution Solution `json:"-"`
	Verdicts []map[results.Verdict]int
	Said     []string
	Defects  []string
}

func (r *Row) defect(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(r.Defects, text) {
		r.Defects = append(r.Defects, text)
	}
}

// rounds is how many rounds of the check-th check r tells of.
func (r *Row) rounds(check int) (n int) {
	for _, times := range r.Verdicts[check] {
		n += times
	}
	return n
}

// all is how many rounds r has of all its checks together.
func (r *Row) all() int {
	n := 0
	for i := range r.Verdicts {
		n += r.rounds(i)
	}
	return n
}

// undecided says whether this machine kept a round from being decided.
func (r *Row) undecided() bool {
	return slices.ContainsFunc(r.Verdicts, func(seen map[results.Verdict]int) bool { return seen[results.Infra] > 0 })
}

// count adds what the check-th check found.
func (r *Row) count(check int, found grading.Outcome, o grading.Options) {
	rounds, passed := 1, 0
	if found.Runs == o.Count {
		rounds, passed = o.Count, found.Passed
	}
	if found.Verdict != results.Pass {
		passed = min(passed, rounds-1)
	}
	seen := r.Verdicts[check]
	if passed > 0 {
		seen[results.Pass] += passed
		r.judge(results.Check{Name: found.Name, Verdict: results.Pass}, o)
	}
	if passed < rounds {
		if r.Said == nil {
			r.Said = message.Said(found.Code, found.Args)
		}
		seen[found.Verdict] += rounds - passed
		r.judge(found.Check, o)
	}
}

// judge notes what is wrong with the verdict of a check.
func (r *Row) judge(c results.Check, o grading.Options) {
	if d := r.Solution.defect(c); d != "" {
		r.defect("%v %s (seed %d, GOMAXPROCS %d)", r.Solution, d, o.Seed, o.Procs)
	}
}

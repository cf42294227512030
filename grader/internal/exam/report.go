package exam

import (
	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
)

// Report is what Verify found.
type Report struct {
	Exercises []ExerciseReport
	Rounds    int
	Saved     int      // solutions whose rounds were all saved by earlier runs
	Undecided int      // solutions of which this machine could not decide a round
	Defects   []string // sentences; none: the kit is as it must be, as far as it was decided
}

// ExerciseReport has, for each solution and check of an exercise, every verdict
// that came up.
type ExerciseReport struct {
	Exercise *catalog.Exercise
	Checks   []catalog.Check
	Rows     []Row
}

func newExerciseReport(e *catalog.Exercise, solutions []Solution) ExerciseReport {
	r := ExerciseReport{Exercise: e, Checks: checks(e)}
	for _, s := range solutions {
		row := Row{Solution: s}
		for range r.Checks {
			row.Verdicts = append(row.Verdicts, map[results.Verdict]int{})
		}
		r.Rows = append(r.Rows, row)
	}
	return r
}

// Tally counts solutions by what must become of them.
type Tally struct{ Right, Wrong, Stubs int }

// Tally counts the solutions that r is about.
func (r Report) Tally() Tally {
	var t Tally
	for _, e := range r.Exercises {
		for _, row := range e.Rows {
			switch row.Solution.Kind {
			case Stub:
				t.Stubs++
			case Rejected:
				t.Wrong++
			default:
				t.Right++
			}
		}
	}
	return t
}

// UpperBound is the upper 95 % bound of the failure rate after n rounds without
// a failure: the rule of three.
func UpperBound(n int) float64 { return min(1, 3/float64(n)) }

package explore

import (
	"fmt"
	"slices"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

// flagInconclusive tells the grader that no schedule came to its end, so that
// random delays had to decide.
const flagInconclusive = "explore.inconclusive"

// report fails the test with what a has found, and how it came about.
func (r *exploration) report(a *attempt) {
	r.t.Helper()
	f := a.failure.Finding
	f.Schedule = a.places()
	text := a.failure.text
	if table := a.table(); table != "" {
		text += fmt.Sprintf("\n\nthis order of steps leads to it (schedule %d found it):\n\n%s", r.tried, table)
	}
	probe.Report(r.t, f, text)
}

// explain adds the schedule to a failure that the test has reported itself.
func (r *exploration) explain(a *attempt) {
	if a == nil {
		return
	}
	if table := a.table(); table != "" {
		r.t.Logf("this order of steps led to it:\n\n%s", table)
	}
}

func (a *attempt) table() string { return render(a.places()) }

// longestStory is how many steps a finding tells: what goes wrong does so early.
const longestStory = 500

// places returns the steps that were taken in the student's files since there
// was more than one goroutine, and at last those that could not be taken.
func (a *attempt) places() (steps []probe.Step) {
	taken := a.schedule.Steps
	alone := slices.IndexFunc(taken, func(s point.Step) bool { return s.Op == "go" })
	for _, s := range taken[alone+1:] {
		if step, ok := stepOf(s); ok && len(steps) < longestStory {
			steps = append(steps, step)
		}
	}
	for _, g := range a.stuckGoroutines() {
		if step, ok := stepOf(point.Step{Goroutine: g, Op: g.Op, Stack: g.Stack}); ok {
			step.Op += waits
			steps = append(steps, step)
		}
	}
	return steps
}

// waits marks a step that a goroutine could not take.
const waits = " (waits)"

func (a *attempt) stuckGoroutines() []*point.Goroutine {
	switch {
	case a.ending != finished:
		return nil
	case a.returned.Load():
		return a.waiting
	}
	return a.schedule.Blocked()
}

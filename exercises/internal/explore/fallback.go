package explore

import (
	"time"

	"gorutinas/exercises/internal/probe"
)

// Runs with random delays, and the longest delay, when they have to decide.
const (
	delayedRuns = 20
	delay       = time.Microsecond
)

// fallBack decides when no schedule came to an end, because the program spins
// where it should wait: its goroutines run as they like, with random delays in
// virtual time where an exploration would stop them. A program that spins for
// ever does so here too, and its time limit ends it.
func (r *exploration) fallBack() {
	r.t.Helper()
	probe.Flag(FlagInconclusive)
	for i := range uint64(delayedRuns) {
		a := r.delayed(r.seed + i)
		r.tried++
		if r.testFailed() {
			return
		}
		if a.failure != nil {
			r.wantStacks = true
			if again := r.delayed(r.seed + i); again.failure != nil {
				a = again
			}
			probe.Report(r.t, a.failure.Finding, a.failure.text)
			return
		}
	}
}

// delayed runs the scenario once with random delays.
func (r *exploration) delayed(seed uint64) *attempt {
	a := &attempt{run: r, delay: delay}
	a.inBubble(func() {
		a.begin(seed)
		<-a.over
		if a.found() == nil {
			time.Sleep(settle)
		}
	})
	return a
}

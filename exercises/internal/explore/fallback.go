package explore

import (
	"time"

	"gorutinas/exercises/internal/probe"
)

// delays are runs in which goroutines go on as they like, with random delays in
// virtual time where an exploration would stop them.
type delays struct {
	runs    int
	longest time.Duration
}

// lastResort decides when no schedule came to an end, because the program spins
// where it should wait. One that spins for ever does so here too, and its time
// limit ends it.
var lastResort = delays{20, time.Microsecond}

// fallBack flags that the schedules have not decided anything.
func (r *exploration) fallBack() {
	probe.Flag(flagInconclusive)
	if r.delays.runs == 0 {
		r.delays = lastResort
	}
}

// delay runs the scenario with random delays, if it is to do so.
func (r *exploration) delay() {
	r.t.Helper()
	for i := range uint64(r.delays.runs) {
		a := r.delayed(r.seed + i)
		r.tried++
		if r.testFailed() {
			return
		}
		if a.failure != nil {
			probe.Report(r.t, a.failure.Finding, a.failure.text)
			return
		}
	}
}

// delayed runs the scenario once with random delays.
func (r *exploration) delayed(seed uint64) *attempt {
	a := &attempt{run: r, delay: r.delays.longest}
	a.inBubble(func() {
		probe.SetClock() // in these runs timers fire anyway, see letEnd
		a.begin(seed)
		a.runOut()
	})
	return a
}

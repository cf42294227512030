package explore

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

// attempt is one run of the scenario.
type attempt struct {
	run      *exploration
	scenario *S
	schedule *point.Schedule
	bubble   string // its name in stacks
	returned atomic.Bool
	over     chan struct{} // closed when the body has returned
	delay    time.Duration // see point.Schedule.Delay

	failure *failure // nil: none
	ending  ending
	control *controller
	waiting []*point.Goroutine // at the end
}

// perform runs the scenario under the next schedule of st.
func (r *exploration) perform(st strategy) *attempt {
	a := &attempt{run: r}
	a.inBubble(func() {
		if r.dated {
			probe.SetClock()
		}
		before := runtime.NumGoroutine()
		a.begin(0)
		a.control = newController(a.schedule, st, r.steps, a.returned.Load)
		a.ending = a.control.drive()
		a.waiting = a.schedule.Blocked()
		switch {
		case a.found() != nil:
		case a.ending == finished:
			a.schedule.Free(0)
			a.letEnd(before)
		case a.ending == inconclusive:
			a.schedule.Free(lastResort.longest)
			a.runOut()
		}
	})
	r.polled = r.polled || a.schedule.Polled
	r.timed = r.timed || a.control.timed
	st.end()
	return a
}

// letEnd gives the bubble's goroutines time to end, if there are more of them
// than before. (Not in any case: under the race detector each bubble in which a
// timer fires costs some 20 KB that the runtime never gives back.)
func (a *attempt) letEnd(before int) {
	a.schedule.Settle()
	if runtime.NumGoroutine() > before {
		time.Sleep(probe.Settle)
	}
}

// runOut waits for the end of goroutines that no schedule directs any more: what went
// wrong in its steps shows then, however many steps that do nothing come after.
func (a *attempt) runOut() {
	<-a.over
	if a.found() == nil {
		time.Sleep(probe.Settle)
	}
}

// begin starts the scenario's body in the bubble.
func (a *attempt) begin(seed uint64) {
	a.bubble = probe.BubbleID()
	ctx, cancel := context.WithCancel(context.Background())
	a.scenario = &S{t: a.run.t, ctx: ctx}
	a.over = make(chan struct{})
	a.schedule = point.NewSchedule(seed)
	a.schedule.Polled = a.run.polled
	a.schedule.Delay = a.delay
	go a.schedule.Run(func() {
		returned := false
		defer func() { a.bodyEnded(returned, recover(), cancel) }()
		a.run.body(a.scenario)
		returned = true
	})
}

func (a *attempt) bodyEnded(returned bool, panicked any, cancel func()) {
	a.scenario.judgeEnd(returned, panicked)
	cancel()
	a.returned.Store(true)
	close(a.over)
}

// inBubble calls f in a bubble of its own and turns its end into a failure if it
// is one.
func (a *attempt) inBubble(f func()) {
	defer func() {
		p := recover()
		probe.Leave()
		point.Collect()
		a.schedule.Detach()
		if p != nil && !strings.HasPrefix(fmt.Sprint(p), "deadlock:") {
			panic(p)
		}
		a.failure = a.found()
		if p != nil && a.failure == nil {
			a.failure = a.stuck()
		}
	}()
	synctest.Test(a.run.t, func(*testing.T) {
		probe.Enter()
		f()
	})
}

// found returns what the scenario itself has found.
func (a *attempt) found() *failure {
	if c := a.schedule.Crash; c != nil {
		f, text := probe.Panicked(c.Text, c.Stack)
		return &failure{f, text}
	}
	return a.scenario.found
}

// stuck describes a bubble in which goroutines are left that never end.
func (a *attempt) stuck() *failure {
	stacks := ofStudents(probe.Goroutines(a.bubble))
	if a.returned.Load() {
		finding, text := probe.Leak(stacks)
		return &failure{finding, text}
	}
	finding, text := probe.Deadlock(stacks)
	finding.Held = append(finding.Held, probe.Locks(a.schedule.Waits())...)
	return &failure{finding, text}
}

// ofStudents drops the goroutines that belong to the test alone, unless there
// are no others.
func ofStudents(stacks []string) (students []string) {
	for _, s := range stacks {
		if probe.OfStudent(s) {
			students = append(students, s)
		}
	}
	if students == nil {
		return stacks
	}
	return students
}

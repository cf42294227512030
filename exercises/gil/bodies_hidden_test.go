//go:build hidden

package gil_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/gil"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// body is what Run runs.
type body = func(blocking func(io func()))

// only is a body without io.
func only(f func()) body { return func(func(func())) { f() } }

// exploreBodies has n goroutines run the body that is made of parts, no two of which may
// run at the same time, and of io.
func exploreBodies(t *testing.T, n int, of func(part, io func()) body) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		var g gil.GIL
		var inside probe.Gauge
		part := func() {
			inside.Enter()
			s.Yield()
			inside.Leave()
		}
		ended := make([]bool, n)
		for i := range ended {
			s.Go(func() {
				g.Run(of(part, s.Yield))
				ended[i] = inside.Total() > 0
			})
		}
		s.Wait()
		if inside.Peak() > 1 {
			s.Fail(1, fmt.Sprintf("bodies that run at the same time in %d calls of Run", n), inside.Peak(), 1)
		}
		if slices.Contains(ended, false) {
			s.Failf(1, "Run has returned before its body ran")
		}
	}, explore.Schedules(300))
}

// computing has n bodies compute, wait for io, and compute again: the first is
// done by one after the other, the second by all together.
func computing(t *testing.T, n int) {
	const before, io, after = 100 * time.Millisecond, 24 * time.Hour, 30 * time.Millisecond
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		took := probe.Elapsed(func() {
			probe.Parallel(t, n, func(int) {
				g.Run(func(blocking func(io func())) {
					time.Sleep(before)
					blocking(func() { time.Sleep(io) })
					time.Sleep(after)
				})
			})
		})
		if want := time.Duration(n)*before + io + after; took != want {
			probe.Failf(t, 1, "%d bodies that compute for %v, wait for %v of io and compute for %v took %v, "+
				"but the computing parts must come one after the other and the io side by side, which takes %v", n, before, io, after, took, want)
		}
	})
}

// manyIO has more io run at the same time than a round number allows. They come and
// go one by one: a lock that wakes all who wait would take long over a crowd.
func manyIO(t *testing.T) {
	const many = 1100
	var g gil.GIL
	var inside probe.Gauge
	leave := make(chan struct{})
	for range many {
		go g.Run(func(blocking func(io func())) {
			blocking(func() {
				inside.Enter()
				<-leave
			})
		})
		synctest.Wait()
	}
	if !probe.Equal(t, 1, fmt.Sprintf("io of %d bodies that run when everything stands still", many), inside.Total(), many) {
		close(leave)
		return
	}
	for range many {
		leave <- struct{}{}
		synctest.Wait()
	}
}

// crowd has more bodies wait for the lock than a round number allows.
func crowd(t *testing.T) {
	const many = 300
	var g gil.GIL
	gate := probe.NewGate()
	var others probe.Gauge
	go g.Run(only(gate.Pass))
	synctest.Wait()
	for range many {
		go g.Run(only(others.Enter))
	}
	synctest.Wait()
	if early := others.Total(); early > 0 {
		probe.Failf(t, 1, "while one body runs, %d others have run too, but none may", early)
	}
	gate.Open()
	synctest.Wait()
	probe.Equal(t, 1, fmt.Sprintf("bodies that have run when one has ended for which %d waited", many), others.Total(), many)
}

// ioInSequence has one body call blocking again and again: the lock is free in
// the last io as in the first.
func ioInSequence(t *testing.T) {
	const times = 9
	var g gil.GIL
	var others probe.Gauge
	go g.Run(func(blocking func(io func())) {
		for range times {
			blocking(func() { g.Run(only(others.Enter)) })
		}
	})
	synctest.Wait()
	if got := others.Total(); got != times {
		probe.Failf(t, 1, "during %d io in a row another Run got the lock %d times, but each io lets it in", times, got)
	}
	probe.NoneLeft(t, "Run")
}

// hours is how long bodies hold the lock, before io and after it: nobody gives up.
func hours(t *testing.T) {
	const n = 3
	var g gil.GIL
	var inside probe.Gauge
	hour := func() {
		inside.Enter()
		time.Sleep(time.Hour)
		inside.Leave()
	}
	probe.Parallel(t, n, func(int) {
		g.Run(func(blocking func(io func())) {
			hour()
			blocking(func() {})
			hour()
		})
	})
	probe.Equal(t, 1, fmt.Sprintf("most bodies at a time of %d that compute for an hour before io and after it", n), inside.Peak(), 1)
}

// apart calls f on a goroutine of its own and returns what it returns or panics
// with: a lock that never opens then holds up that goroutine, and not the
// bubble's first.
func apart(f func() any) any {
	answer := make(chan any, 1)
	go func() {
		var value any
		if p := probe.Recovered(func() { value = f() }); p != nil {
			value = p
		}
		answer <- value
	}()
	return <-answer
}

// run is g.Run on a goroutine of its own; it returns the value of a panic.
func run(g *gil.GIL, b body) any { return apart(func() any { g.Run(b); return nil }) }

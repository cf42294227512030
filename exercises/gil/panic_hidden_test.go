//go:build hidden

package gil_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/gil"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// values to panic with, each unlike any other, some of them zero, and a slice, which
// cannot be compared. The last one is the runtime's own.
func values(t *testing.T) []any {
	r := probe.Rand(t)
	outside := probe.Recovered(func() { _ = make([]int, 1)[1+r.IntN(1000)] })
	return []any{r.Int(), errors.New("out of memory"), new(int), "", 0, (*int)(nil), []int{r.Int()}, outside}
}

// wantValue fails t unless got is the very value that was panicked with.
func wantValue(t *testing.T, call string, got, want any) {
	t.Helper()
	probe.Equal(t, 2, call, whose(got, want), "the same value")
}

// whose says what got is without calling its methods.
func whose(got, want any) string {
	switch {
	case got == nil:
		return "no panic"
	case same(got, want):
		return "the same value"
	}
	return "another value"
}

// same compares slices, for which == would panic, by their places.
func same(got, want any) bool {
	if w, ok := want.([]int); ok {
		g, ok := got.([]int)
		return ok && len(g) == 1 && &g[0] == &w[0]
	}
	return got == want
}

// panics says which panic a body or an io makes: panic(""), or panic(a *int).
func panics(v any) string {
	switch v.(type) {
	case int, string:
		return fmt.Sprintf("panic(%#v)", v)
	}
	return fmt.Sprintf("panic(a %T)", v)
}

// wantFree fails t unless g's lock is free.
func wantFree(t *testing.T, g *gil.GIL, after string) {
	t.Helper()
	var next probe.Gauge
	run(g, only(next.Enter))
	probe.Equal(t, 2, "bodies that run in the next Run after "+after, next.Total(), 1)
}

// unwinding has a body panic whose deferred function takes long, while another
// one waits for the lock.
func unwinding(t *testing.T) {
	var g gil.GIL
	deferred := probe.NewGate()
	var next probe.Gauge
	go probe.Recovered(func() {
		g.Run(only(func() {
			defer deferred.Pass()
			panic("body")
		}))
	})
	probe.Equal(t, 2, "deferred functions of a body that run when it panics", deferred.Inside(), 1)
	go g.Run(only(next.Enter))
	synctest.Wait()
	probe.Equal(t, 1, "bodies that run beside a deferred function of a body that panics", next.Total(), 0)
	deferred.Open()
	synctest.Wait()
	probe.Equal(t, 2, "bodies that run after one that has panicked", next.Total(), 1)
}

// heldWhileUnwinding has an io panic while another body runs; the body recovers
// and goes on.
func heldWhileUnwinding(t *testing.T) {
	var g gil.GIL
	io, other, again := probe.NewGate(), probe.NewGate(), probe.NewGate()
	var within, last, ended probe.Gauge
	recovers := func(blocking func(io func())) {
		value := probe.Recovered(func() {
			blocking(func() {
				io.Pass()
				panic("io")
			})
		})
		again.Pass()
		wantValue(t, "blocking of an io that panics", value, "io")
		blocking(func() { g.Run(only(within.Enter)) }) // free in here, as before
	}
	go func() {
		anew := probe.Recovered(func() { g.Run(recovers) })
		probe.Equal(t, 2, "Run of a body that recovers the panic of its io panics", anew != nil, false)
		ended.Enter()
	}()
	probe.Equal(t, 1, "io that run when a body has called blocking", io.Inside(), 1)
	go g.Run(only(other.Pass))
	probe.Equal(t, 1, "other bodies that run while io runs", other.Inside(), 1)
	io.Open()
	if !probe.Equal(t, 2, "bodies that go on with the panic of their io while another body runs", again.Inside(), 0) {
		return
	}
	other.Open()
	probe.Equal(t, 2, "panics of io that go on into a body when the other has ended", again.Inside(), 1)
	go g.Run(only(last.Enter))
	synctest.Wait()
	probe.Equal(t, 2, "other bodies that run when a body has recovered the panic of its io", last.Total(), 0)
	again.Open()
	synctest.Wait()
	if within.Total() != 1 {
		probe.Failf(t, 1, "when a body has recovered the panic of its io and calls blocking again, another Run does not get the lock within that io")
	}
	probe.Equal(t, 2, "other bodies that run after one that has recovered the panic of its io", last.Total(), 1)
	probe.Equal(t, 2, "calls of Run that have returned after their body recovered the panic of its io", ended.Total(), 1)
}

// exploreIOPanics has two goroutines run bodies whose io panics, for the first time or
// after a panic that body has recovered: what they do afterwards is not done at the same
// time, and each has the panic of its own io.
func exploreIOPanics(t *testing.T) {
	for recovered := range 2 {
		exploreUnwinding(t, func(blocking func(io func()), value any) {
			for range recovered {
				probe.Recovered(func() { blocking(func() { panic("recovered") }) })
			}
			blocking(func() { panic(value) })
		})
	}
}

func exploreUnwinding(t *testing.T, fails func(blocking func(io func()), value any)) {
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		var g gil.GIL
		var after probe.Gauge
		for i := range 2 {
			s.Go(func() {
				value := probe.Recovered(func() {
					g.Run(func(blocking func(io func())) {
						defer after.Leave()
						defer s.Yield()
						defer after.Enter()
						fails(blocking, i)
					})
				})
				if got := whose(value, i); got != "the same value" {
					s.Fail(2, "Run of a body whose io panics", got, "the same value")
				}
			})
		}
		s.Wait()
		if after.Peak() > 1 {
			s.Fail(2, "bodies that unwind at the same time", after.Peak(), 1)
		}
	}, explore.Schedules(300))
}

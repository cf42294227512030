//go:build hidden

package coroutine_test

import (
	"fmt"
	"testing"

	"gorutinas/exercises/coroutine"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

type (
	yield     = func(int) int
	body      = func(int, yield) int
	coro      = coroutine.Coroutine[int, int]
	happening = probe.Log[string]
)

// create returns a coroutine of b, which is not nil.
func create(t *testing.T, b body) *coro {
	t.Helper()
	c := coroutine.New(b)
	if c == nil {
		probe.Failf(t, 1, "New(body) returned nil")
		t.FailNow()
	}
	return c
}

// resume wants Resume(in) to give want, as show writes it.
func resume(t *testing.T, contract int, c *coro, when string, in int, want string) {
	t.Helper()
	if !probe.Equal(t, contract, fmt.Sprintf("Resume(%d) %s", in, when), show(c.Resume(in)), want) {
		t.FailNow()
	}
}

// echo yields twice what it gets, n times, and then returns 1000 more than it gets.
func echo(n int) body {
	return func(in int, yield yield) int {
		for range n {
			in = yield(2 * in)
		}
		return in + 1000
	}
}

// resumesAnother has a body that uses a coroutine of its own.
func resumesAnother(t *testing.T) {
	inner := create(t, echo(2))
	outer := create(t, func(in int, yield yield) int {
		for range 2 {
			v, _ := inner.Resume(in)
			in = yield(v + 1)
		}
		v, _ := inner.Resume(in)
		return v
	})
	resume(t, 1, outer, "of a body that resumes another coroutine", 3, "7, true")
	resume(t, 1, outer, "of a body that resumes another coroutine", 4, "9, true")
	resume(t, 1, outer, "of a body that resumes another coroutine", 5, "1005, true")
}

// stopsAnother has a body that, when it is stopped, stops the one that it uses.
func stopsAnother(t *testing.T) {
	var log happening
	inner := create(t, func(in int, yield yield) int {
		defer log.Add("inner defer")
		return yield(in)
	})
	outer := create(t, func(in int, yield yield) int {
		defer log.Add("outer defer")
		defer inner.Stop()
		v, _ := inner.Resume(in)
		return yield(v)
	})
	resume(t, 1, outer, "of a body that resumes another coroutine", 3, "3, true")
	outer.Stop()
	happened(t, 2, "when Stop returns, in a body whose defer stops another coroutine", &log, "inner defer", "outer defer")
	probe.NoneLeft(t, "Stop")
}

// yieldsInDefers has a body that yields again in deferred calls when it is stopped:
// however often that is, Stop waits for all of them.
func yieldsInDefers(s *explore.S) {
	var ended probe.Gauge
	c := coroutine.New(func(in int, yield yield) int {
		defer ended.Enter()
		defer s.Yield()
		defer func() { yield(5) }()
		defer func() { yield(4) }()
		return yield(in)
	})
	if c == nil {
		s.Failf(1, "New(body) returned nil")
		return
	}
	s.Go(func() {
		c.Resume(1)
		c.Stop()
		if ended.Total() != 1 {
			s.Fail(2, "deferred calls that have run when Stop returns, in a body whose later defers yield", ended.Total(), 1)
		}
	})
	s.Wait()
}

// nilValues passes nil in and out, which is a value like any other.
func nilValues(t *testing.T) {
	c := coroutine.New(func(in error, yield func(error) error) error { return yield(in) })
	if c == nil {
		probe.Failf(t, 1, "New(body) returned nil")
		return
	}
	for i, want := range []string{"<nil>, true", "<nil>, true", "<nil>, false"} {
		probe.Equal(t, 1, fmt.Sprintf("Resume(nil) number %d of a body that yields the error that it gets, and returns the next", i+1),
			show(c.Resume(nil)), want)
	}
}

// happened wants log to be exactly want.
func happened(t *testing.T, contract int, when string, log *happening, want ...string) {
	t.Helper()
	if got := log.All(); fmt.Sprint(got) != fmt.Sprint(want) {
		probe.Fail(t, contract, "what has happened "+when, fmt.Sprintf("%q", got), fmt.Sprintf("%q", want))
		t.FailNow()
	}
}

// panicked describes what Resume has panicked with: its methods may be the student's.
func panicked(value any) string {
	switch value.(type) {
	case nil:
		return "no panic"
	case string, int:
		return typed(value)
	}
	return fmt.Sprintf("another value, a %T", value)
}

func typed(value any) string { return fmt.Sprintf("%T %q", value, fmt.Sprint(value)) }

// afterPanic resumes a coroutine as soon as its panic has arrived.
func afterPanic(s *explore.S) {
	c := coroutine.New(func(int, yield) int { panic("out of paper") })
	if c == nil {
		s.Failf(1, "New(body) returned nil")
		return
	}
	s.Go(func() {
		if got := probe.Recovered(func() { c.Resume(1) }); got != "out of paper" {
			s.Fail(3, "what Resume panics with when body panics with a string", "another value, or no panic", "that string")
		}
		if got := show(c.Resume(1)); got != "0, false" {
			s.Fail(3, "Resume(1) after a panic", got, "0, false")
		}
	})
	s.Wait()
}

// twoAtOnce has two coroutines, each in the hands of a goroutine of its own: one runs
// to its end, the other is stopped. All that they share with their callers is plain.
func twoAtOnce(s *explore.S) {
	ended, stopped := 0, 0
	first := coroutine.New(func(in int, yield yield) int {
		defer func() { ended++ }()
		ended += in
		in = yield(1)
		ended += in
		return 2
	})
	second := coroutine.New(func(in int, yield yield) int {
		defer func() { stopped++ }()
		stopped += in
		return yield(5)
	})
	if first == nil || second == nil {
		s.Failf(1, "New(body) returned nil")
		return
	}
	expect := func(contract int, call, got, want string) {
		if got != want {
			s.Fail(contract, call, got, want)
		}
	}
	s.Go(func() {
		for i, want := range []string{"1, true", "2, true", "0, false"} {
			ended *= 10
			expect(1, fmt.Sprintf("Resume number %d of a body that yields 1 and returns 2", i+1), show(first.Resume(i+3)), want)
		}
	})
	s.Go(func() {
		expect(1, "Resume of a body that yields 5", show(second.Resume(7)), "5, true")
		stopped *= 10
		second.Stop()
		stopped *= 10
		expect(2, "Resume after Stop", show(second.Resume(1)), "0, false")
	})
	s.Wait()
	expect(4, "the number that a body and its caller compute in turn, to the end", fmt.Sprint(ended), "350")
	expect(4, "the number that a body and its caller compute in turn, with a Stop", fmt.Sprint(stopped), "710")
}

// oneEach has callers at the same time, each with a coroutine of its own.
func oneEach(t *testing.T, callers, rounds int) {
	t.Helper()
	probe.Parallel(t, callers, func(i int) {
		c := coroutine.New(echo(rounds))
		if c == nil {
			probe.Failf(t, 1, "New(body) returned nil")
			return
		}
		for k := range rounds {
			probe.Equal(t, 1, fmt.Sprintf("Resume of one of %d coroutines at the same time", callers), show(c.Resume(i+k)), show(2*(i+k), true))
		}
		c.Stop()
	})
}

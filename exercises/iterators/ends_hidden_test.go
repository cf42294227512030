//go:build hidden

package iterators_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/iterators"
)

// wantFinished asks at once: no goroutine that a range starts outlives it.
func wantFinished(t *testing.T, after string, a, b *source) {
	t.Helper()
	probe.Equal(t, 2, "first sources that have finished after "+after, a.finished.Total(), 1)
	probe.Equal(t, 2, "second sources that have finished after "+after, b.finished.Total(), 1)
	if !t.Failed() {
		probe.NoneLeft(t, after)
	}
}

// zipPanics ranges over a Zip with a body that panics with value at pair number at.
func zipPanics(t *testing.T, has [2]int, at int, value any) {
	var a, b source
	call := fmt.Sprintf("Zip of %d and %d values when the loop's body panics at pair number %d", has[0], has[1], at)
	caught := probe.Recovered(func() {
		iterators.Zip(a.seq(has[0]), words(b.seq(has[1])))(func(n int, _ string) bool {
			if n == at {
				panic(value)
			}
			return true
		})
	})
	probe.Equal(t, 2, call+": the panic reaches the loop's function", caught == value, true)
	wantFinished(t, call, &a, &b)
}

// zipInStep has a source, the first or the second, whose next value comes only when the
// loop has had the pair before: it gives up its wait when that takes an hour.
func zipInStep(t *testing.T, slow int) {
	had := make(chan struct{}, 3)
	var asked probe.Gauge
	waits := func(yield func(int) bool) {
		for v := 1; v <= cap(had) && yield(v); v++ {
			select {
			case <-had:
			case <-time.After(time.Hour):
				asked.Enter()
			}
		}
	}
	sources := []iter.Seq[int]{waits, new(source).seq(cap(had))}
	iterators.Zip(sources[slow-1], words(sources[2-slow]))(func(int, string) bool {
		had <- struct{}{}
		return true
	})
	probe.Equal(t, 1, fmt.Sprintf("times that Zip waits for a next value of source %d before it yields the pair that it has", slow), asked.Total(), 0)
}

// cancelWithin has the loop's body cancel, or outlast ctx's deadline, and then a context
// that is done before the range: in has values all the time.
func cancelWithin(t *testing.T, n int, early bool) {
	const room = 50
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	end, how := cancel, "cancels ctx"
	if !early {
		end, how = func() { time.Sleep(2 * time.Hour) }, "outlasts ctx's deadline"
	}
	in := filled(n + room)
	values := 0
	seq := iterators.FromChan(ctx, in)
	if seq == nil {
		probe.Failf(t, 3, "FromChan(ctx, in) is a nil iterator")
		return
	}
	seq(func(int) bool {
		if values++; values == n {
			end()
		}
		return true
	})
	probe.Equal(t, 3, fmt.Sprintf("values of FromChan(ctx, in) when the loop's body %s at number %d", how, n), values, n)
	expect(t, 3, "FromChan(ctx, in) with ctx done before the range", iterators.FromChan(ctx, in), true)
}

// rangedTwice ranges over a FromChan, breaks, and ranges over it again: in has values
// for both, and none is received before.
func rangedTwice(t *testing.T) {
	const n = 9
	in := filled(n)
	seq := iterators.FromChan(t.Context(), in)
	synctest.Wait()
	probe.Equal(t, 1, "values that FromChan(ctx, in) has received before the range", n-len(in), 0)
	expect(t, 3, "FromChan(ctx, in)", seq, false, upTo(2)...)
	if got, _ := first(seq, 2); len(got) != 2 {
		probe.Fail(t, 1, "values of a second range over FromChan(ctx, in) that wants 2, when in has more", len(got), 2)
	}
}

// rangedAtOnce ranges over a FromChan within a range over it.
func rangedAtOnce(t *testing.T) {
	seq := iterators.FromChan(t.Context(), filled(3))
	var outer, inner []int
	seq(func(v int) bool {
		if outer = append(outer, v); len(outer) == 1 {
			inner, _ = first(seq, 1)
		}
		return len(outer) < 2
	})
	const call = "values of a range over FromChan(ctx, in), whose first value has a second range take one"
	probe.Equal(t, 1, call+", and of that one", fmt.Sprint(outer, ", ", inner), "[1 3], [2]")
}

// sharedOut has two goroutines range over the same FromChan: each value goes to one.
func sharedOut(s *explore.S) {
	seq := iterators.FromChan(s.Context(), filled(2))
	var got [2][]int
	for i := range got {
		s.Go(func() { got[i], _ = first(seq, 1) })
	}
	s.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(got[:]...)))
	if want := upTo(2); !slices.Equal(all, want) {
		s.Fail(1, "values, sorted, of two ranges at once over the same FromChan(ctx, in), each of which takes one", all, want)
	}
}

// endsInSilence has in silent in the end, and ctx cancelled early or at its deadline. It
// is the second range that hears of it.
func endsInSilence(t *testing.T, n int, early bool) {
	const end = 1500*time.Millisecond + offGrid
	deadline, how := end, "reaches its deadline"
	if early {
		deadline, how = time.Hour, "is cancelled"
	}
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	if early {
		time.AfterFunc(end, cancel)
	}
	call := fmt.Sprintf("FromChan(ctx, in) whose in is silent in the end and whose ctx %s after %v", how, end)
	seq := iterators.FromChan(ctx, filled(n))
	if !expect(t, 3, call, seq, false, 1) {
		return
	}
	took := probe.Elapsed(func() {
		expect(t, 3, "a second range over "+call, seq, true, upTo(n)[1:]...)
	})
	probe.Equal(t, 3, "time that a range takes over "+call, took, end)
}

// sentAfterCancel sends a value when ctx is done, at any moment of a range.
func sentAfterCancel(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	in := make(chan int, 1)
	var got []int
	s.Go(func() { got, _ = first(iterators.FromChan(ctx, in), 1) })
	s.Go(func() { cancel(); in <- 1 })
	s.Wait()
	if len(got) > 0 {
		s.Fail(3, "values of FromChan(ctx, in) when the first is sent after the end of ctx", got, "none")
	}
}

// toChanAhead looks how far a channel runs ahead of its consumer.
func toChanAhead(t *testing.T, n int, toChan func(iter.Seq[int]) <-chan int) {
	var s source
	out := toChan(s.seq(10_000))
	for taken := range n {
		synctest.Wait()
		if ahead := s.pulled.Total() - taken; ahead > 1 {
			probe.Fail(t, 1, fmt.Sprintf("values that ToChan(ctx, seq) has pulled beyond the %d that were taken", taken), ahead, "at most 1")
			return
		}
		if !probe.Equal(t, 3, fmt.Sprintf("receive number %d from ToChan(ctx, seq)", taken+1), probe.Next(out), fmt.Sprint(taken+1)) {
			return
		}
	}
}

// abandoned has the consumer go away after n values, and then cancel.
func abandoned(t *testing.T, n int) {
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	var s source
	out := iterators.ToChan(ctx, func(yield func(int) bool) {
		for v := range s.seq(10_000) {
			if !yield(v) {
				return
			}
			if v == n+1 {
				time.Sleep(24 * time.Hour) // nobody needs the next one
			}
		}
	})
	if !probe.Receive(t, 3, "ToChan(ctx, seq)", out, texts(n)...) {
		return
	}
	time.Sleep(10*time.Minute + offGrid) // nothing but ctx ends the wait, and that at once
	probe.Equal(t, 3, "sources that have finished while a value waits to be taken", s.finished.Total(), 0)
	cancel(fmt.Errorf("enough"))
	synctest.Wait()
	if !probe.Equal(t, 3, "sources that have finished, asked for nothing more, when ctx is done and a value waits to be taken", s.finished.Total(), 1) {
		return
	}
	probe.Equal(t, 3, "goroutines left by ToChan(ctx, seq) whose ctx ended while a value waited to be taken", len(probe.Leaked()), 0)
	probe.Drain(t, 3, "ToChan(ctx, seq) whose ctx ended while a value waited to be taken", out, 2)
}

// cancelledWithin cancels while seq works, before it yields.
func cancelledWithin(t *testing.T, n int) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var s source
	gate := probe.NewGate()
	out := iterators.ToChan(ctx, func(yield func(int) bool) {
		for v := range s.seq(10_000) {
			if v == n+1 {
				gate.Pass()
			}
			if !yield(v) {
				return
			}
		}
	})
	if !probe.Receive(t, 3, "ToChan(ctx, seq)", out, texts(n)...) {
		return
	}
	probe.Equal(t, 3, "seq at work on its next value", gate.Inside(), 1)
	cancel()
	synctest.Wait()
	gate.Open()
	synctest.Wait()
	probe.Equal(t, 3, "sources that have finished when ctx is done and seq has yielded", s.finished.Total(), 1)
	probe.Equal(t, 3, "goroutines left by ToChan(ctx, seq) whose seq yielded when ctx was done", len(probe.Leaked()), 0)
	probe.Drain(t, 3, "ToChan(ctx, seq) whose seq yielded when ctx was done", out, 2)
}

// stillReceiving has a consumer that goes on when ctx is done. A select then
// tosses a coin: a few values may still come, but not 64.
func stillReceiving(t *testing.T, n int) {
	const few = 64
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var s source
	out := iterators.ToChan(ctx, s.seq(10_000))
	if !probe.Receive(t, 3, "ToChan(ctx, seq)", out, texts(n)...) {
		return
	}
	cancel()
	probe.Drain(t, 3, "ToChan(ctx, seq) when ctx is done", out, few)
	probe.Drain(t, 3, "ToChan(ctx, seq) with ctx done on entry", iterators.ToChan(ctx, s.seq(10_000)), few)
	probe.Drain(t, 3, "ToChan(ctx, seq) of no values with ctx done on entry", iterators.ToChan(ctx, s.seq(0)), 0)
}

// exploreToChan cancels at every moment of a consumer's two receives. What
// arrives has no gap, and nothing stays behind.
func exploreToChan(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		out := iterators.ToChan(ctx, func(yield func(int) bool) {
			for v := 1; yield(v); v++ {
			}
		})
		var got []int
		s.Go(func() {
			for v := range out {
				if got = append(got, v); len(got) == 2 {
					return
				}
			}
		})
		s.Go(cancel)
		s.Wait()
		for i, v := range got {
			if v != i+1 {
				s.Fail(3, fmt.Sprintf("receive number %d from ToChan(ctx, seq)", i+1), v, i+1)
				return
			}
		}
	}, explore.Schedules(300))
}

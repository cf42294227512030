//go:build hidden

package generator_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/generator"
)

// The API, in this file's own words.
var (
	_ func(context.Context, int) <-chan int                   = generator.Countdown
	_ func(context.Context) <-chan uint64                     = generator.Fibonacci
	_ func(context.Context, <-chan string, int) <-chan string = generator.Take[string]
)

func TestCountdown(t *testing.T) {
	probe.Check(t)
	n := 10 + probe.Rand(t).IntN(90)
	probe.Bubble(t, func(t *testing.T) {
		for _, from := range []int{n, 1, 0, -1, math.MinInt} {
			var want []string
			for v := from; v > 0; v-- {
				want = append(want, fmt.Sprint(v))
			}
			want = append(want, "closed", "closed")
			probe.Receive(t, 1, fmt.Sprintf("Countdown(ctx, %d)", from), generator.Countdown(t.Context(), from), want...)
		}
	})
}

func TestFibonacci(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		probe.Receive(t, 1, "Fibonacci(ctx)", generator.Fibonacci(t.Context()), fibonacci()...)
	})
}

// fibonacci returns what Fibonacci's channel does, to its end.
func fibonacci() []string {
	const last = 12200160415121876738
	var want []string
	for a, b := uint64(0), uint64(1); ; a, b = b, a+b {
		want = append(want, fmt.Sprint(a))
		if a == last {
			return append(want, "closed", "closed")
		}
	}
}

func TestTake(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx := t.Context()
		source := func() chan int { return filled(4) }
		for _, n := range []int{0, -3, math.MinInt} {
			in := source()
			probe.Receive(t, 2, fmt.Sprintf("Take(ctx, in, %d)", n), generator.Take(ctx, in, n), "closed")
			probe.Equal(t, 2, fmt.Sprintf("number of values received by Take(ctx, in, %d)", n), 4-len(in), 0)
		}
		in := source()
		probe.Receive(t, 2, "Take(ctx, in, 3)", generator.Take(ctx, in, 3), "1", "2", "3", "closed", "closed")
		synctest.Wait()
		probe.Equal(t, 2, "number of values received by Take(ctx, in, 3)", 4-len(in), 3)
		probe.Receive(t, 2, "Take(ctx, in, 4) whose in has 4 values and stays open",
			generator.Take(ctx, source(), 4), "1", "2", "3", "4", "closed")
		for _, n := range []int{9, math.MaxInt} {
			short := source()
			close(short)
			probe.Receive(t, 2, fmt.Sprintf("Take(ctx, in, %d) whose in is closed after 4 values", n),
				generator.Take(ctx, short, n), "1", "2", "3", "4", "closed")
		}
		empty := make(chan int)
		close(empty)
		probe.Receive(t, 2, "Take(ctx, in, 3) whose in is closed without a value", generator.Take(ctx, empty, 3), "closed")
		const many = 300 // more than a byte counts
		var want []string
		for v := range many {
			want = append(want, fmt.Sprint(v+1))
		}
		probe.Receive(t, 2, fmt.Sprintf("Take(ctx, in, %d)", many), generator.Take(ctx, filled(many+1), many), append(want, "closed")...)
		errs := make(chan error, 3)
		for range cap(errs) {
			errs <- nil
		}
		probe.Receive(t, 2, "Take(ctx, in, 2) of nil errors", generator.Take(ctx, errs, 2), "<nil>", "<nil>", "closed")
	})
}

func TestOneAhead(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		before := probe.Allocated()
		down := generator.Countdown(ctx, 1_000_000)
		two := probe.Next(down) + " " + probe.Next(down) // at once: what waits with timers meanwhile takes memory too
		used := probe.Allocated() - before
		if !probe.Equal(t, 4, "first two values of Countdown(ctx, 1000000)", two, "1000000 999999") {
			return
		}
		if used > 1<<20 {
			probe.Failf(t, 4, "Countdown(ctx, 1000000) takes %d KiB for its first two values: it works them all out beforehand", used>>10)
		}
		probe.Equal(t, 4, "cap(Countdown(ctx, 1000000))", cap(down), 0)
		probe.Equal(t, 4, "cap(Fibonacci(ctx))", cap(generator.Fibonacci(ctx)), 0)
		takeOneAhead(ctx, t, 5)
		takeOneAhead(ctx, t, 1000) // what it does for a few values says nothing of many
	})
}

// takeOneAhead takes from Take(ctx, in, n) up to 30 of the values that are there.
func takeOneAhead(ctx context.Context, t *testing.T, n int) {
	t.Helper()
	in := filled(n + 4)
	out := generator.Take(ctx, in, n)
	for taken := range min(n, 30) {
		synctest.Wait()
		if !oneInHand(t, "", in, n, taken) {
			return
		}
		probe.Equal(t, 2, fmt.Sprintf("receive number %d from Take(ctx, in, %d)", taken+1, n), probe.Next(out), fmt.Sprint(taken+1))
	}
	probe.Equal(t, 4, fmt.Sprintf("cap(Take(ctx, in, %d))", n), cap(out), 0)
}

// The consumer takes some values, or none, and goes away; Bubble finds what
// stays behind.
func TestAbandoned(t *testing.T) {
	probe.Check(t)
	n := probe.Rand(t).IntN(20)
	abandon := func(call string, first int, start func(context.Context) <-chan int) {
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var want []string
			for taken := range n {
				want = append(want, fmt.Sprint(first-taken))
			}
			out := start(ctx)
			if probe.Receive(t, 1, call, out, want...) && out == nil {
				probe.Failf(t, 1, "%s returned a nil channel", call)
			}
			synctest.Wait() // each goroutine has a value in hand, if it has one at all
		})
	}
	abandon("Countdown(ctx, 50)", 50, func(ctx context.Context) <-chan int {
		generator.Fibonacci(ctx) // nobody ever receives from them
		generator.Countdown(ctx, 9)
		return generator.Countdown(ctx, 50)
	})
	abandon("Take(ctx, Countdown(ctx, 50), 40)", 50, func(ctx context.Context) <-chan int {
		return generator.Take(ctx, generator.Countdown(ctx, 50), 40)
	})
	abandon("Countdown(ctx, 30)", 30, func(ctx context.Context) <-chan int {
		generator.Take(ctx, make(chan int), 3) // nobody ever sends to it
		return generator.Countdown(ctx, 30)
	})
	endsWithChannel(t, "Countdown(ctx, 1)", func(ctx context.Context) <-chan int { return generator.Countdown(ctx, 1) })
	endsWithChannel(t, "Fibonacci(ctx)", generator.Fibonacci)
	endsWithChannel(t, "Take(ctx, in, 1)", func(ctx context.Context) <-chan int { return generator.Take(ctx, filled(2), 1) })
	endsWithChannel(t, "Take(ctx, in, 3) with a silent in", func(ctx context.Context) <-chan int { return generator.Take(ctx, make(chan int), 3) })
	endsWithChannel(t, "Take(ctx, in, 0)", func(ctx context.Context) <-chan int { return generator.Take(ctx, filled(2), 0) })
	endsWithChannel(t, "Take(ctx, in, 3) whose in is closed after 2 values", func(ctx context.Context) <-chan int {
		in := filled(2)
		close(in)
		return generator.Take(ctx, in, 3)
	})
	probe.Bubble(t, func(t *testing.T) { // each with its very last value in hand
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		numbers := fibonacci()
		probe.Receive(t, 1, "Countdown(ctx, 3)", generator.Countdown(ctx, 3), "3", "2")
		probe.Receive(t, 1, "Fibonacci(ctx)", generator.Fibonacci(ctx), numbers[:len(numbers)-3]...)
		probe.Receive(t, 2, "Take(ctx, in, 3)", generator.Take(ctx, filled(4), 3), "1", "2")
		synctest.Wait()
	})
	probe.Bubble(t, goesLate)
	probe.Bubble(t, comesBack)
}

func TestHandOverAtCancel(t *testing.T) {
	probe.Check(t)
	handOver(t, "Countdown(ctx, 3)", []int{3, 2, 1}, func(ctx context.Context) <-chan int {
		return generator.Countdown(ctx, 3)
	})
	handOver(t, "Fibonacci(ctx)", []uint64{0, 1, 1}, generator.Fibonacci)
	handOver(t, "Take(ctx, in, 3)", []int{1, 2, 3}, func(ctx context.Context) <-chan int {
		return generator.Take(ctx, filled(4), 3)
	})
}

// handOver cancels at every moment of a consumer's two receives. What arrives
// has no gap, and nothing stays behind.
func handOver[T comparable](t *testing.T, call string, want []T, start func(context.Context) <-chan T) {
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		out := start(ctx)
		if out == nil {
			s.Failf(1, "%s returned a nil channel", call)
			return
		}
		var got []T
		s.Go(func() {
			patience := time.NewTimer(24 * time.Hour)
			defer patience.Stop()
			for len(got) < 2 {
				select {
				case v, open := <-out:
					if !open {
						return
					}
					got = append(got, v)
				case <-patience.C:
					s.Failf(3, "ctx is done, and somebody receives from the channel of %s: it neither hands over a value nor is it closed", call)
					return
				}
			}
		})
		s.Go(cancel)
		s.Wait()
		for i, v := range got {
			if v != want[i] {
				s.Fail(3, fmt.Sprintf("receive number %d from %s", i+1, call), v, want[i])
				return
			}
		}
	})
}

// Generators of different calls have nothing in common.
func TestNothingShared(t *testing.T) {
	probe.Check(t)
	const calls = 12
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		generator.Take(ctx, make(chan int), 3) // it waits, and keeps nobody else waiting
		synctest.Wait()
		got := make([][]string, calls)
		probe.Parallel(t, calls, func(i int) {
			down, fib := generator.Countdown(ctx, i+50), generator.Fibonacci(ctx)
			first := generator.Take(ctx, fib, 40)
			for range 40 {
				got[i] = append(got[i], probe.Next(down), probe.Next(first))
			}
		})
		want := fibonacci()
		for i, g := range got {
			for k := range 40 {
				down := probe.Equal(t, 1, fmt.Sprintf("receive number %d from one of %d Countdown(ctx, n)", k+1, calls), g[2*k], fmt.Sprint(i+50-k))
				if !down || !probe.Equal(t, 2, fmt.Sprintf("receive number %d from one of %d Take(ctx, fib, 40)", k+1, calls), g[2*k+1], want[k]) {
					return
				}
			}
		}
	})
}

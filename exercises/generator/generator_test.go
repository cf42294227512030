package generator_test

import (
	"context"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/generator"
)

// receive gets up to n values from ch: fewer when it is closed earlier, or when
// nothing comes for a minute of the bubble's virtual time.
func receive[T any](ch <-chan T, n int) (values []T, closed bool) {
	for len(values) < n {
		select {
		case v, open := <-ch:
			if !open {
				return values, true
			}
			values = append(values, v)
		case <-time.After(time.Minute):
			return values, false
		}
	}
	return values, false
}

// The countdown of the course notes: 5 4 3 2 1, and then the loop ends because
// the channel is closed.
func TestCountdownFromFive(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		got, closed := receive(generator.Countdown(t.Context(), 5), 6)
		same(t, 1, "all values of Countdown(ctx, 5)", got, []int{5, 4, 3, 2, 1})
		probe.Equal(t, 1, "the channel of Countdown(ctx, 5) is closed after 1", closed, true)
	})
}

// Fibonacci goes on for as long as somebody receives.
func TestFibonacciBegins(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel() // the generator's goroutine ends
		got, _ := receive(generator.Fibonacci(ctx), 10)
		same(t, 1, "the first 10 values of Fibonacci(ctx)", got, []uint64{0, 1, 1, 2, 3, 5, 8, 13, 21, 34})
	})
}

// Generators are put together like pipes: Take makes an end of what has none.
func TestTakeFromFibonacci(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		got, closed := receive(generator.Take(ctx, generator.Fibonacci(ctx), 4), 5)
		same(t, 2, "all values of Take(ctx, Fibonacci(ctx), 4)", got, []uint64{0, 1, 1, 2})
		probe.Equal(t, 2, "the channel of Take(ctx, Fibonacci(ctx), 4) is closed after 4 values", closed, true)
	})
}

// Whoever has had enough cancels ctx and goes away: no goroutine may stay
// behind, waiting for ever to hand over its next value.
func TestWalkAway(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		got, _ := receive(generator.Countdown(ctx, 1_000_000), 2)
		same(t, 1, "the first 2 values of Countdown(ctx, 1000000)", got, []int{1_000_000, 999_999})
		cancel()
	})
}

func same[T comparable](t *testing.T, contract int, call string, got, want []T) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			probe.Fail(t, contract, call, got, want)
			return
		}
	}
	if len(got) != len(want) {
		probe.Fail(t, contract, call, got, want)
	}
}

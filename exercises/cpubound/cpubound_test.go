package cpubound_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/cpubound"
	"gorutinas/exercises/internal/probe"
)

// fib is the slow Fibonacci of the course notes, which begins with fib(1) = 0.
func fib(n int) int {
	switch n {
	case 1:
		return 0
	case 2:
		return 1
	}
	return fib(n-1) + fib(n-2)
}

// TestFibonacci computes on all cores what two Python threads compute on one.
func TestFibonacci(t *testing.T) {
	probe.Check(t)
	got, err := cpubound.Map(t.Context(), 0, []int{20, 5, 1, 12, 2}, fib)
	probe.Equal(t, 2, "Map(ctx, 0, [20 5 1 12 2], fib)", fmt.Sprint(got, ", ", probe.ErrorName(err)), "[4181 3 0 89 1], nil")
}

// TestFourAtATime has eight items of a second and four workers. The clock is
// virtual, so a second is exact and costs nothing.
func TestFourAtATime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var busy probe.Gauge
		took := probe.Elapsed(func() {
			cpubound.Map(t.Context(), 4, make([]int, 8), func(n int) int {
				busy.Enter()
				defer busy.Leave()
				time.Sleep(time.Second)
				return n
			})
		})
		probe.Equal(t, 1, "most calls of f at a time with 4 workers", busy.Peak(), 4)
		probe.Equal(t, 1, "time of 8 items of 1s with 4 workers", took, 2*time.Second)
	})
}

// TestStop cancels ctx after one and a half of ten seconds: the item that runs
// is finished, the others never start.
func TestStop(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		var calls probe.Gauge
		var got []int
		var err error
		took := probe.Elapsed(func() {
			got, err = cpubound.Map(ctx, 1, make([]int, 10), func(n int) int {
				calls.Enter()
				time.Sleep(time.Second)
				return n
			})
		})
		probe.Equal(t, 3, "calls of f when ctx is done after 1.5s", calls.Total(), 2)
		probe.Equal(t, 3, "time of Map when ctx is done after 1.5s", took, 2*time.Second)
		probe.Equal(t, 3, "Map when ctx is done after 1.5s", fmt.Sprint(got, ", ", probe.ErrorName(err)), "[], context.DeadlineExceeded")
	})
}

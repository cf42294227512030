//go:build hidden

package generator_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/generator"
	"gorutinas/exercises/internal/probe"
)

// ctx ends while nobody receives: cancelled before its deadline, or on reaching it.
// That is at no whole millisecond: who looks every now and then does not look now.
func TestCancel(t *testing.T) {
	probe.Check(t)
	const end = time.Minute + 137*time.Microsecond
	for _, early := range []bool{true, false} {
		probe.Bubble(t, func(t *testing.T) {
			deadline, when := end, " whose ctx reached its deadline while nobody received"
			if early {
				deadline, when = 2*end, " whose ctx was cancelled before its deadline while nobody received"
			}
			ctx, cancel := context.WithTimeout(t.Context(), deadline)
			defer cancel()
			if early {
				time.AfterFunc(end, cancel)
			}
			down, fib := generator.Countdown(ctx, math.MaxInt), generator.Fibonacci(ctx)
			start := time.Now()
			silent, later := generator.Take(ctx, make(chan int), 3), generator.Take(ctx, filled(1), 3)
			if !probe.Equal(t, 2, "time until Take(ctx, in, 3) with a silent in returns its channel", time.Since(start), 0) {
				return
			}
			in := filled(9)
			full := generator.Take(ctx, in, 5)
			probe.Receive(t, 1, "Countdown(ctx, math.MaxInt)", down, fmt.Sprint(math.MaxInt))
			probe.Receive(t, 1, "Fibonacci(ctx)", fib, "0", "1", "1")
			probe.Receive(t, 2, "Take(ctx, in, 5)", full, "1")
			probe.Receive(t, 2, "Take(ctx, in, 3)", later, "1")
			<-ctx.Done()
			synctest.Wait()
			oneInHand(t, " before ctx was done", in, 5, 1)
			wantEnded(t, "Countdown(ctx, math.MaxInt)"+when, down)
			wantEnded(t, "Fibonacci(ctx)"+when, fib)
			wantEnded(t, "Take(ctx, in, 3) with a silent in"+when, silent)
			wantEnded(t, "Take(ctx, in, 3) whose in is silent after one value"+when, later)
			wantEnded(t, "Take(ctx, in, 5)"+when, full)
		})
	}
	cancelWhileReceiving(t)
	for taken := range 5 { // who looks at ctx now and then may look just in time
		probe.FewAfterCancel(t, 3, "Countdown(ctx, 1000)", taken, 2, func(ctx context.Context) <-chan int { return generator.Countdown(ctx, 1000) })
		probe.FewAfterCancel(t, 3, "Fibonacci(ctx)", taken, 2, generator.Fibonacci)
		probe.FewAfterCancel(t, 3, "Take(ctx, in, 1000)", taken, 2, func(ctx context.Context) <-chan int { return generator.Take(ctx, filled(1000), 1000) })
	}
	cancelLeavesIn(t)
}

// comesBack has a consumer that is away for ten minutes, and an in that is silent
// as long: nothing but ctx ends a wait.
func comesBack(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := make(chan int, 1)
	down, fib := generator.Countdown(ctx, 3), generator.Fibonacci(ctx)
	full, silent := generator.Take(ctx, filled(9), 5), generator.Take(ctx, in, 1)
	time.Sleep(10 * time.Minute)
	in <- 7
	probe.Receive(t, 1, "Countdown(ctx, 3), ten minutes later", down, "3", "2")
	probe.Receive(t, 1, "Fibonacci(ctx), ten minutes later", fib, "0", "1")
	probe.Receive(t, 2, "Take(ctx, in, 5), ten minutes later", full, "1", "2")
	probe.Receive(t, 2, "Take(ctx, in, 1) of an in that is silent for ten minutes", silent, "7", "closed")
}

// goesLate has a consumer that goes away after many values, and an in that falls
// silent after many.
func goesLate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const many = 150
	down, full, silent := generator.Countdown(ctx, 2*many), generator.Take(ctx, filled(2*many), 2*many), generator.Take(ctx, filled(many), 2*many)
	for i := range many {
		if !probe.Equal(t, 1, fmt.Sprintf("receive number %d from Countdown(ctx, %d)", i+1, 2*many), probe.Next(down), fmt.Sprint(2*many-i)) {
			return
		}
		for _, out := range []<-chan int{full, silent} {
			if !probe.Equal(t, 2, fmt.Sprintf("receive number %d from Take(ctx, in, %d)", i+1, 2*many), probe.Next(out), fmt.Sprint(i+1)) {
				return
			}
		}
	}
	synctest.Wait()
}

// cancelWhileReceiving has a consumer that goes on receiving. A select then
// tosses a coin between the consumer and ctx: a few values may still come, but
// not 64.
func cancelWhileReceiving(t *testing.T) {
	const few = 64
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		down := generator.Countdown(ctx, math.MaxInt)
		probe.Receive(t, 1, "Countdown(ctx, math.MaxInt)", down, fmt.Sprint(math.MaxInt))
		cancel()
		probe.Drain(t, 3, "Countdown(ctx, math.MaxInt) after ctx is done", down, few)
		probe.Drain(t, 3, "Countdown(ctx, math.MaxInt) with ctx done on entry", generator.Countdown(ctx, math.MaxInt), few)
		probe.Drain(t, 3, "Fibonacci(ctx) with ctx done on entry", generator.Fibonacci(ctx), few)
		probe.Drain(t, 3, "Take(ctx, in, 1000) with ctx done on entry", generator.Take(ctx, filled(1000), 1000), few)
		probe.Drain(t, 3, "Take(ctx, in, 3) with ctx done on entry and a silent in", generator.Take(ctx, make(chan int), 3), 0)
	})
}

// cancelLeavesIn has in full, ctx done and nobody who receives: a Take that ends
// leaves the rest to whoever reads in next.
func cancelLeavesIn(t *testing.T) {
	for range 20 { // a select that finds both ready tosses a coin
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			in := filled(9)
			generator.Take(ctx, in, 5)
			synctest.Wait()
			oneInHand(t, " with ctx done on entry", in, 5, 0)
		})
		if t.Failed() {
			return
		}
	}
}

//go:build hidden

package future_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/future"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// manyWaiters has n callers wait for one future; some of them give up before it is
// resolved, at 3.000137 s.
func manyWaiters(t *testing.T, n, v int) {
	t.Helper()
	f, resolve := create(t)
	time.AfterFunc(3*time.Second+offGrid, func() { resolve(v, nil) })
	got, want := make([]string, n), make([]string, n)
	probe.Parallel(t, n, func(i int) {
		ctx, cancel := context.WithCancel(t.Context())
		switch i % 3 {
		case 0:
			want[i] = "context.Canceled at 1.500137s"
			time.AfterFunc(1500*time.Millisecond+offGrid, cancel)
		case 1:
			want[i] = "context.DeadlineExceeded at 2.000137s"
			ctx, cancel = context.WithTimeoutCause(ctx, 2*time.Second+offGrid, errLate)
		default:
			want[i] = show(v, nil) + " at 3.000137s"
		}
		defer cancel()
		start := time.Now()
		v, err := f.Await(ctx)
		if got[i] = name(probe.OfContext(ctx, err)); err == nil {
			got[i] = show(v, err)
		}
		got[i] += fmt.Sprint(" at ", time.Since(start))
	})
	for i := range n {
		if !probe.Equal(t, 2, fmt.Sprintf("one of %d Awaits of a future resolved at 3.000137s", n), got[i], want[i]) {
			return
		}
	}
	probe.Equal(t, 2, "Await after all those", await(f), show(v, nil))
}

// nobodyFollows has an Await get its outcome, and nobody has told ctx: what it has done
// to hear of ctx's end must be undone; of a resolved future, too.
func nobodyFollows(t *testing.T) {
	f, resolve := create(t)
	time.AfterFunc(time.Second, func() { resolve(7, nil) })
	v, err := f.Await(probe.Foreign(t.Context())) // a goroutine follows it for whoever waits for it
	probe.Equal(t, 2, "Await of a future resolved a second later", show(v, err), show(7, nil))
	v, err = f.Await(probe.Foreign(t.Context()))
	probe.Equal(t, 2, "Await of a resolved future", show(v, err), show(7, nil))
}

// resolvedAfterCancel resolves f when ctx has been cancelled, at any moment of an Await:
// it may still be on its way out.
func resolvedAfterCancel(s *explore.S, f *future.Future[int], resolve func(int, error) bool) {
	ctx, cancel := context.WithCancel(s.Context())
	var v int
	var err error
	s.Go(func() { v, err = f.Await(ctx) })
	s.Go(func() {
		cancel()
		resolve(7, nil)
	})
	s.Wait()
	if got := name(probe.OfContext(ctx, err)); got != "context.Canceled" && show(v, err) != show(7, nil) {
		s.Fail(2, "Await(ctx) when ctx is cancelled and f is resolved after that", show(v, err), show(7, nil)+" or ctx's error")
	}
}

// resolvedWithNil has a value that an interface does not hold.
func resolvedWithNil(t *testing.T) {
	f, resolve := future.New[any]()
	if f == nil || resolve == nil {
		probe.Failf(t, 1, "New() returned nil")
		return
	}
	probe.Equal(t, 1, "the first resolve(nil, nil) of New[any]()", resolve(nil, nil), true)
	probe.Equal(t, 1, "Await after resolve(nil, nil) of New[any]()", await(f), show(nil, nil))
}

// started waits for a function that takes its time.
func started(t *testing.T) {
	var calls probe.Gauge
	start := time.Now()
	f := future.Start(func() (int, error) {
		calls.Enter()
		time.Sleep(2*time.Second + offGrid)
		return 7, errLine
	})
	probe.Equal(t, 5, "time that Start(fn of 2.000137 s) takes", time.Since(start), 0)
	for range 2 {
		probe.Equal(t, 5, "Await of Start(fn that returns (7, errLine))", await(f), show(7, errLine))
	}
	probe.Equal(t, 5, "time until Start(fn of 2.000137 s) is resolved", time.Since(start), 2*time.Second+offGrid)
	probe.Equal(t, 5, "calls of fn by Start(fn)", calls.Total(), 1)
}

// startedTogether holds n functions inside, each on a goroutine of its own.
func startedTogether(t *testing.T, n int) {
	t.Helper()
	gate := probe.NewGate()
	var last *future.Future[int]
	for i := range n {
		last = future.Start(func() (int, error) {
			gate.Pass()
			return i, nil
		})
	}
	probe.Equal(t, 5, fmt.Sprintf("functions that run after %d calls of Start", n), gate.Inside(), n)
	gate.Open()
	probe.Equal(t, 5, fmt.Sprintf("Await of Start number %d", n), await(last), show(n-1, nil))
}

//go:build hidden

package cpubound_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/cpubound"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// cancelled cancels ctx, with a cause, after some time of a Map whose items take
// a second each. No more than most of them may start.
func cancelled(t *testing.T, workers, items int, after, took time.Duration, most int) {
	t.Helper()
	call := fmt.Sprintf("Map(ctx, %d, %d items of 1s, f) with ctx cancelled after %v", workers, items, after)
	probe.Bubble(t, func(t *testing.T) {
		far, release := context.WithTimeout(t.Context(), time.Hour) // a deadline is not all that ends a context
		defer release()
		ctx, cancel := context.WithCancelCause(far)
		defer cancel(nil)
		stop := func() { cancel(errors.New("the user has left")) }
		if after == 0 {
			stop()
		} else {
			time.AfterFunc(after, stop)
		}
		var running probe.Gauge
		var got []int
		var err error
		elapsed := probe.Elapsed(func() {
			got, err = cpubound.Map(ctx, workers, indices(items), func(i int) int {
				running.Enter()
				defer running.Leave()
				time.Sleep(time.Second)
				return i
			})
		})
		probe.Equal(t, 3, "calls of f that still run after "+call, running.In(), 0)
		if running.Total() > most {
			probe.Fail(t, 3, "calls of f in "+call, running.Total(), fmt.Sprintf("at most %d", most))
		}
		probe.Equal(t, 3, "time of "+call, elapsed, took)
		probe.Equal(t, 3, "results of "+call, results(got), "nil")
		probe.Equal(t, 3, "error of "+call, probe.ErrorName(err), "context.Canceled")
	})
}

// outOfTime has ctx end by its deadline.
func outOfTime(t *testing.T, workers int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		_, err := cpubound.Map(ctx, workers, indices(9*workers), func(i int) int {
			time.Sleep(time.Second)
			return i
		})
		probe.Equal(t, 3, fmt.Sprintf("error of Map(ctx, %d, %d items of 1s, f) with ctx's deadline after 1.5s", workers, 9*workers), probe.ErrorName(err), "context.DeadlineExceeded")
	})
}

// hours has ctx end while items of an hour run: nobody loses patience.
func hours(t *testing.T, workers int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var running probe.Gauge
		f := func(i int) int {
			running.Enter()
			defer running.Leave()
			time.Sleep(time.Hour)
			return i
		}
		time.AfterFunc(time.Second, cancel)
		_, err := cpubound.Map(ctx, workers, indices(workers), f)
		probe.Equal(t, 3, "calls of f that still run after a Map whose items take 1h with ctx cancelled after 1s", running.In(), 0)
		probe.Equal(t, 3, "error of a Map whose items take 1h with ctx cancelled after 1s", probe.ErrorName(err), "context.Canceled")
	})
}

// inTime ends ctx after all items are done.
func inTime(t *testing.T, workers int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		m := begin(ctx, workers, indices(2*workers), func(i int) int {
			time.Sleep(time.Second)
			return i
		})
		time.Sleep(time.Minute)
		m.gave(t, "Map(ctx, 2, items of 1s, f) with ctx done later", 2*workers)
	})
}

// eachOnce has two workers for three items.
func eachOnce(s *explore.S) {
	var calls probe.Log[int]
	got, err := cpubound.Map(s.Context(), 2, []int{1, 2, 3}, func(n int) int {
		s.Yield()
		calls.Add(n)
		return 10 * n
	})
	if shown := results(got) + ", " + probe.ErrorName(err); shown != "[10 20 30], nil" {
		s.Fail(2, "Map(ctx, 2, [1 2 3], f)", shown, "[10 20 30], nil")
	}
	if calls.Len() != 3 {
		s.Fail(2, "calls of f by Map(ctx, 2, [1 2 3], f)", calls.Len(), 3)
	}
}

// anyMoment cancels at any moment of a call. Whoever still runs then has Map
// return an error; the calls of f never outlast it.
func anyMoment(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var running, late, done probe.Gauge
	s.Go(func() {
		got, err := cpubound.Map(ctx, 2, []int{1, 2, 3}, func(n int) int {
			running.Enter()
			s.Yield()
			if done.Total() > 0 {
				late.Enter()
			}
			running.Leave()
			return 10 * n
		})
		left, whole := running.In(), results(got)+", "+probe.ErrorName(err) == "[10 20 30], nil"
		stopped := got == nil && probe.ErrorName(err) == "context.Canceled"
		switch {
		case left > 0:
			s.Fail(3, "calls of f that still run after a Map that was cancelled", left, 0)
		case late.Total() > 0 && !stopped:
			s.Fail(3, "Map with ctx done while f runs", results(got)+", "+probe.ErrorName(err), "nil, context.Canceled")
		case !whole && !stopped:
			s.Fail(3, "Map with ctx cancelled at some moment", results(got)+", "+probe.ErrorName(err), "all results, or nil and context.Canceled")
		}
	})
	s.Go(func() {
		cancel()
		done.Enter()
	})
	s.Wait()
}

// noneAfter has the only worker's first item end ctx.
func noneAfter(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var calls probe.Gauge
	got, err := cpubound.Map(ctx, 1, []int{1, 2, 3}, func(n int) int {
		calls.Enter()
		cancel()
		return n
	})
	if calls.Total() != 1 || got != nil || probe.ErrorName(err) != "context.Canceled" {
		s.Fail(3, "calls of f, results and error of Map(ctx, 1, [1 2 3], f that ends ctx)",
			fmt.Sprintf("%d, %s, %s", calls.Total(), results(got), probe.ErrorName(err)), "1, nil, context.Canceled")
	}
}

// lastOne has the last of all items end ctx.
func lastOne(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var calls probe.Gauge
	got, err := cpubound.Map(ctx, 2, []int{1, 2, 3}, func(n int) int {
		if calls.Next() == 3 {
			cancel()
		}
		return n
	})
	if got != nil || probe.ErrorName(err) != "context.Canceled" {
		s.Fail(3, "Map whose last call of f ends ctx", results(got)+", "+probe.ErrorName(err), "nil, context.Canceled")
	}
}

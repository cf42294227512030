//go:build hidden

package gather_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/gather"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// key is that of the value which tests put into contexts.
type key struct{}

// The context ends, at once or after 1.5 s. Whoever listens sees it; Gather and
// Settle start and wait for all the same.
func TestContextDone(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, at := range []time.Duration{0, 1500 * time.Millisecond} {
			for _, taskErr := range []error{nil, errFirst} {
				probe.Bubble(t, func(t *testing.T) {
					ctx, cancel := cancelAfter(t.Context(), at)
					defer cancel()
					var log cancelLog
					got := f.call(ctx, log.count([]task{
						log.untilDone(time.Hour),
						after(3*time.Second, 2, taskErr),
						after(24*time.Hour, 3, nil),
					})...)
					call := fmt.Sprintf("%s(ctx cancelled after %v, a task that waits for it, one of 3s that returns %s, one of a day)", f.name, at, describe(taskErr))
					probe.Equal(t, 4, "tasks started by "+call, log.running.Total(), 3)
					log.wantDone(t, 4, 1, at, "the tasks of "+call)
					probe.Equal(t, 4, "time that "+call+" takes", got.took, 24*time.Hour)
					got.wantAfterCancel(t, call, taskErr)
				})
			}
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		got := gatherAll(ctx, after(2*time.Second, 1, nil))
		got.wantError(t, 4, "Gather(ctx with a deadline after 1s, one task that returns nil after 2s)", context.DeadlineExceeded)
	})
	probe.Bubble(t, failsBecauseOfContext)
	probe.Bubble(t, failsBeforeContext)
	probe.Bubble(t, manyAllTheSame)
	explore.Run(t, cancelWhileTasksEnd)
	explore.Run(t, cancelledOnEntry)
}

// failsBecauseOfContext has a task that tells in its own words that ctx has ended.
// That is the first error in time, no less than another would be.
func failsBecauseOfContext(t *testing.T) {
	cancelled := func(ctx context.Context) (context.Context, func()) { return cancelAfter(ctx, time.Second) }
	late := func(ctx context.Context) (context.Context, func()) { return timeout(ctx, time.Second) }
	for _, c := range []struct {
		when       string
		end        func(context.Context) (context.Context, func())
		errStopped error
	}{
		{"cancelled", cancelled, fmt.Errorf("stopped half way: %w", context.Canceled)},
		{"cancelled", cancelled, context.Canceled},
		{"with a deadline", late, fmt.Errorf("stopped half way: %w", context.DeadlineExceeded)},
		{"with a deadline", late, context.DeadlineExceeded},
	} {
		ctx, cancel := c.end(t.Context())
		defer cancel()
		stops := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, c.errStopped }
		got := gatherAll(ctx, after(3*time.Second, 0, errSecond), stops)
		call := fmt.Sprintf("(ctx %s after 1s, a task that fails after 3s, one that returns %s at the end of ctx)", c.when, describe(c.errStopped))
		if got.values != nil || !isJust(got.err, ctx.Err()) || !errors.Is(got.err, c.errStopped) {
			probe.Fail(t, 4, "Gather"+call, showValues(got.values, got.err), showValues([]int(nil), c.errStopped))
		}
		ctx, cancel = c.end(t.Context())
		defer cancel()
		got = settleAll(ctx, after(3*time.Second, 0, errSecond), stops)
		got.wantOutcomes(t, 4, "Settle"+call, []gather.Result[int]{{Err: errSecond}, {Err: ctx.Err()}})
		if len(got.results) == 2 && !errors.Is(got.results[1].Err, c.errStopped) {
			probe.Fail(t, 4, "outcome 1 of Settle"+call, describe(got.results[1].Err), describe(c.errStopped))
		}
	}
}

// manyAllTheSame has many tasks and a ctx that is done on entry: that keeps none of
// them from starting.
func manyAllTheSame(t *testing.T) {
	const n = 300
	for _, f := range both {
		ctx, cancel := cancelAfter(t.Context(), 0)
		defer cancel()
		var log cancelLog
		got := f.call(ctx, log.count(repeat(n, func(i int) task { return after(0, i, nil) }))...)
		call := fmt.Sprintf("%s(ctx cancelled after 0s, %d tasks that return at once)", f.name, n)
		probe.Equal(t, 4, "tasks started by "+call, log.running.Total(), n)
		if got.results != nil {
			got.wantValues(t, 4, call, repeat(n, func(i int) int { return i }))
		} else {
			got.wantError(t, 4, call, context.Canceled)
		}
	}
}

// failsBeforeContext has ctx end when a task has failed, and another still runs.
func failsBeforeContext(t *testing.T) {
	ctx, cancel := cancelAfter(t.Context(), 2*time.Second)
	defer cancel()
	got := gatherAll(ctx, after(time.Second, 1, errFirst), after(3*time.Second, 2, nil))
	got.wantFailure(t, 4, "Gather(ctx cancelled after 2s, a task that fails after 1s, one of 3s)", errFirst)
}

// cancelWhileTasksEnd cancels at any moment of a call. All values or ctx's error
// may come of it; of the values beside that error nothing is said.
func cancelWhileTasksEnd(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	var values []int
	var err error
	s.Go(func() { values, err = gather.Gather(ctx, after(0, 1, nil), after(0, 2, nil)) })
	s.Go(cancel)
	s.Wait()
	if whole := slices.Equal(values, []int{1, 2}) && err == nil; !whole && !isJust(err, context.Canceled) {
		s.Fail(4, "Gather(ctx, two tasks) while ctx is cancelled", showValues(values, err), "[1 2] and nil, or ctx.Err()")
	}
}

// cancelledOnEntry has ctx end before the call, whose task is as fast as can be.
func cancelledOnEntry(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	var err error
	s.Go(func() { _, err = gather.Gather(ctx, after(0, 1, nil)) })
	s.Wait()
	if !isJust(err, context.Canceled) {
		s.Fail(4, "the error of Gather(ctx cancelled after 0s, one task that returns at once)", describe(err), describe(context.Canceled))
	}
}

// doneAfterFailure has a task fail: its context is done as soon as the call has
// returned, no less than that of one that succeeds.
func doneAfterFailure(t *testing.T) {
	for _, f := range both {
		var seen probe.Log[context.Context]
		f.call(t.Context(), func(ctx context.Context) (int, error) { seen.Add(ctx); return 0, errFirst })
		for _, ctx := range seen.All() {
			if ctx.Err() == nil {
				probe.Failf(t, 4, "the context of the task is not done when %s(ctx, a task that fails) has returned", f.name)
			}
		}
	}
}

// What the tasks are given: a context that carries the caller's values and
// deadline, is not done while they run, and is done as soon as the call has returned.
func TestContextOfTasks(t *testing.T) {
	probe.Check(t)
	secret := 1 + probe.Rand(t).IntN(1000)
	probe.Bubble(t, doneAfterFailure)
	for _, f := range both {
		for _, n := range []int{1, 2} {
			probe.Bubble(t, func(t *testing.T) {
				var seen probe.Log[context.Context]
				parent, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				deadline, _ := parent.Deadline()
				ask := func(ctx context.Context) (int, error) {
					seen.Add(ctx)
					if d, has := ctx.Deadline(); !has || d.After(deadline) {
						probe.Failf(t, 4, "the context of %s's tasks does not have the deadline of ctx", f.name)
					}
					time.Sleep(time.Second)
					if ctx.Err() != nil {
						probe.Failf(t, 4, "the context of %s's tasks is done while they run", f.name)
					}
					v, _ := ctx.Value(key{}).(int)
					return v, nil
				}
				ctx := context.WithValue(probe.Foreign(parent), key{}, secret)
				got := f.call(ctx, repeat(n, func(int) task { return ask })...)
				open := 0
				for _, ctx := range seen.All() {
					if ctx.Err() == nil {
						open++
					}
				}
				call := fmt.Sprintf("%s(ctx, %d tasks that return ctx.Value(key))", f.name, n)
				probe.Equal(t, 4, "contexts of tasks not done when "+call+" has returned", open, 0)
				probe.NoneLeft(t, call)
				got.wantValues(t, 4, call, repeat(n, func(int) int { return secret }))
			})
		}
	}
}

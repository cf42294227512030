//go:build hidden

package gather_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/gather"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API in the tests' own types: a submission that changes it does not build.
var (
	_ func(context.Context) (int, error)                              = task(nil)
	_ func(context.Context, ...gather.Task[int]) ([]int, error)       = gather.Gather[int]
	_ func(context.Context, ...gather.Task[int]) []gather.Result[int] = gather.Settle[int]
	_                                                                 = struct {
		Value int
		Err   error
	}(gather.Result[int]{})
)

type task = gather.Task[int]

// The gate holds every task inside until it is opened: those that are inside
// when all stands still are those that run at once.
func TestAllStartAtOnce(t *testing.T) {
	probe.Check(t)
	n := 1000 + probe.Rand(t).IntN(200)
	for _, f := range both {
		probe.Bubble(t, func(t *testing.T) {
			gate := probe.NewGate()
			tasks := repeat(n, func(int) task {
				return func(context.Context) (int, error) { gate.Pass(); return 0, nil }
			})
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				f.call(t.Context(), tasks...)
			}()
			probe.Equal(t, 1, fmt.Sprintf("tasks that %s(ctx, %d tasks) runs at once", f.name, n), gate.Inside(), n)
			gate.Open()
			<-ended
		})
	}
}

func TestOrderOfTasks(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, f := range both {
		for _, n := range []int{0, 1, 9} {
			probe.Bubble(t, func(t *testing.T) {
				finish := r.Perm(n)
				values := repeat(n, func(int) int { return 1 + r.IntN(1_000_000) })
				tasks := repeat(n, func(i int) task {
					return func(context.Context) (int, error) {
						time.Sleep(time.Duration(finish[i]) * time.Second)
						return values[i], nil
					}
				})
				code := uintptr(0)
				for _, task := range tasks {
					code = reflect.ValueOf(task).Pointer()
				}
				got := f.call(t.Context(), tasks...)
				call := fmt.Sprintf("%s(ctx, %d tasks that end in the order %v)", f.name, n, finish)
				got.wantValues(t, 1, call, values)
				probe.Equal(t, 1, "time that "+call+" takes", got.took, time.Duration(max(0, n-1))*time.Second)
				wantSameTasks(t, f.name, tasks, code, values)
			})
		}
	}
}

// Nobody waits in these tasks, so that nothing orders them but Gather itself.
func TestManyEndTogether(t *testing.T) {
	probe.Check(t)
	const n = 50
	for _, f := range both {
		probe.Bubble(t, func(t *testing.T) {
			values := repeat(n, func(i int) int { return 1 + i })
			got := f.call(t.Context(), repeat(n, func(i int) task {
				return func(context.Context) (int, error) { return values[i], nil }
			})...)
			got.wantValues(t, 1, f.name+"(ctx, 50 tasks that return at once)", values)
		})
	}
	probe.Bubble(t, func(t *testing.T) {
		failures := repeat(n, func(i int) error { return fmt.Errorf("failure %d", i) })
		got := gatherAll(t.Context(), repeat(n, func(i int) task {
			return func(context.Context) (int, error) { return 0, failures[i] }
		})...)
		if !isOne(got.err, failures) {
			probe.Fail(t, 2, "the error of Gather(ctx, 50 tasks that fail at once)", describe(got.err), "one of theirs")
		}
	})
}

// One task fails after a second. Of the others one sees its context done, one
// fails later, one has ended, and one does not listen and takes its time.
func TestFirstErrorCancels(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for round := range 8 {
		probe.Bubble(t, func(t *testing.T) {
			var log cancelLog
			tasks := []task{
				after(500*time.Millisecond, 1, nil),
				after(time.Second, 2, errFirst),
				log.untilDone(time.Hour),
				log.untilDone(time.Hour),
				after(2*time.Second, 3, errSecond),
				after(5*time.Second, 4, nil),
			}
			if round == 0 {
				slices.Reverse(tasks) // in any case once: the later error stands first
			} else {
				r.Shuffle(len(tasks), func(i, j int) { tasks[i], tasks[j] = tasks[j], tasks[i] })
			}
			got := gatherAll(t.Context(), log.count(tasks)...)
			call := "Gather(ctx, tasks of which one fails after 1s and another after 2s)"
			probe.Equal(t, 2, "tasks still running after "+call, log.running.In(), 0)
			log.wantDone(t, 2, 2, time.Second, "the tasks of "+call)
			probe.Equal(t, 2, "time that "+call+" takes, the longest task taking 5s", got.took, 5*time.Second)
			got.wantFailure(t, 2, call, errFirst)
		})
	}
	probe.Bubble(t, failsAsIfCancelled)
	explore.Run(t, func(s *explore.S) {
		fails := func(context.Context) (int, error) { return 0, errFirst }
		follows := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() }
		var err error
		s.Go(func() { _, err = gather.Gather[int](s.Context(), fails, follows) })
		s.Wait()
		if !isJust(err, errFirst) {
			s.Fail(2, "the error of Gather(ctx, a task that fails, one that returns ctx.Err() when its ctx is done)", describe(err), describe(errFirst))
		}
	})
}

// failsAsIfCancelled has a first error that looks like that of the tasks which
// are cancelled after it.
func failsAsIfCancelled(t *testing.T) {
	var log cancelLog
	got := gatherAll(t.Context(), log.count([]task{
		log.untilDone(time.Hour),
		after(time.Second, 2, context.Canceled),
		after(2*time.Second, 3, errSecond),
	})...)
	call := `Gather(ctx, tasks of which one fails after 1s with "context canceled" and another after 2s)`
	log.wantDone(t, 2, 1, time.Second, "the tasks of "+call)
	got.wantFailure(t, 2, call, context.Canceled)
}

// One task fails after a second; the others run to their end and see nothing.
func TestSettleCancelsNothing(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var log cancelLog
		got := settleAll(t.Context(), log.count([]task{
			log.untilDone(3 * time.Second),
			after(time.Second, 0, errFirst),
			log.untilDone(4 * time.Second),
			after(2*time.Second, 0, errSecond),
		})...)
		call := "Settle(ctx, tasks of which one fails after 1s and another after 2s)"
		log.wantDone(t, 3, 0, 0, "the tasks of "+call)
		probe.Equal(t, 3, "time that "+call+" takes, the longest task taking 4s", got.took, 4*time.Second)
		got.wantOutcomes(t, 3, call, []gather.Result[int]{{Value: 1}, {Err: errFirst}, {Value: 1}, {Err: errSecond}})
	})
}

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
						after(4*time.Second, 3, nil),
					})...)
					call := fmt.Sprintf("%s(ctx cancelled after %v, a task that waits for it, one of 3s that returns %s, one of 4s)", f.name, at, describe(taskErr))
					probe.Equal(t, 4, "tasks started by "+call, log.running.Total(), 3)
					log.wantDone(t, 4, 1, at, "the tasks of "+call)
					probe.Equal(t, 4, "time that "+call+" takes", got.took, 4*time.Second)
					got.wantAfterCancel(t, call, taskErr)
				})
			}
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		got := gatherAll(ctx, after(2*time.Second, 1, nil))
		got.wantFailure(t, 4, "Gather(ctx with a deadline after 1s, one task that returns nil after 2s)", context.DeadlineExceeded)
	})
	probe.Bubble(t, failsBecauseOfContext)
	explore.Run(t, cancelWhileTasksEnd)
}

// failsBecauseOfContext has a task that tells in its own words that ctx has ended.
// That is the first error in time, no less than another would be.
func failsBecauseOfContext(t *testing.T) {
	ctx, cancel := cancelAfter(t.Context(), time.Second)
	defer cancel()
	errStopped := fmt.Errorf("stopped half way: %w", context.Canceled)
	stops := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, errStopped }
	got := gatherAll(ctx, after(3*time.Second, 0, errSecond), stops)
	if got.values != nil || !isJust(got.err, context.Canceled) || !errors.Is(got.err, errStopped) {
		call := fmt.Sprintf("Gather(ctx cancelled after 1s, a task that fails after 3s, one that returns %s at the end of ctx)", describe(errStopped))
		probe.Fail(t, 4, call, showValues(got.values, got.err), showValues([]int(nil), errStopped))
	}
}

// cancelWhileTasksEnd cancels at any moment of a call. All values or ctx's error
// may come of it, but never a bit of both.
func cancelWhileTasksEnd(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	var values []int
	var err error
	s.Go(func() { values, err = gather.Gather(ctx, after(0, 1, nil), after(0, 2, nil)) })
	s.Go(cancel)
	s.Wait()
	done := values == nil && isJust(err, context.Canceled)
	if whole := slices.Equal(values, []int{1, 2}) && err == nil; !whole && !done {
		s.Fail(4, "Gather(ctx, two tasks) while ctx is cancelled", showValues(values, err), "([1 2], nil) or (nil, ctx.Err())")
	}
}

// What the tasks are given: a context that carries the caller's values, is not
// done while they run, and is done as soon as the call has returned.
func TestContextOfTasks(t *testing.T) {
	probe.Check(t)
	secret := 1 + probe.Rand(t).IntN(1000)
	for _, f := range both {
		for _, n := range []int{1, 2} {
			probe.Bubble(t, func(t *testing.T) {
				var seen probe.Log[context.Context]
				ask := func(ctx context.Context) (int, error) {
					seen.Add(ctx)
					time.Sleep(time.Second)
					if ctx.Err() != nil {
						probe.Failf(t, 4, "the context of %s's tasks is done while they run", f.name)
					}
					v, _ := ctx.Value(key{}).(int)
					return v, nil
				}
				ctx := context.WithValue(probe.Foreign(t.Context()), key{}, secret)
				got := f.call(ctx, repeat(n, func(int) task { return ask })...)
				open := 0
				for _, ctx := range seen.All() {
					if ctx.Err() == nil {
						open++
					}
				}
				call := fmt.Sprintf("%s(ctx, %d tasks that return ctx.Value(key))", f.name, n)
				probe.Equal(t, 4, "contexts of tasks not done when "+call+" has returned", open, 0)
				got.wantValues(t, 4, call, repeat(n, func(int) int { return secret }))
			})
		}
	}
}

func TestNilTaskPanics(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		probe.Bubble(t, func(t *testing.T) {
			var log cancelLog
			one := after(time.Second, 1, nil)
			tasks := log.count([]task{one, one, one})
			tasks[2] = nil
			wantPanic(t, f.name+"(ctx, task, task, nil)", func() { f.call(t.Context(), tasks...) })
			time.Sleep(time.Minute) // for tasks that were started all the same
			probe.Equal(t, 5, "tasks started by "+f.name+"(ctx, task, task, nil)", log.running.Total(), 0)
		})
	}
}

// key is that of the value which tests put into contexts.
type key struct{}

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
		probe.Bubble(t, func(t *testing.T) {
			callsBoth := func(ctx context.Context) (int, error) {
				for _, inner := range both {
					inner.call(ctx, after(time.Second, 0, nil))
				}
				return 1, nil
			}
			got := f.call(t.Context(), callsBoth, callsBoth)
			call := f.name + "(ctx, two tasks that each call Gather and then Settle with a task of 1s)"
			got.wantValues(t, 1, call, []int{1, 1})
			probe.Equal(t, 1, "time that "+call+" takes", got.took, 2*time.Second)
		})
		explore.Run(t, func(s *explore.S) { startsBesideFailures(s, f.name, f.call) })
	}
}

// startsBesideFailures has tasks fail as soon as they start: none of them keeps
// another from starting.
func startsBesideFailures(s *explore.S, name string, f func(context.Context, ...task) outcome) {
	var calls probe.Gauge
	fails := func(context.Context) (int, error) { calls.Enter(); return 0, errFirst }
	s.Go(func() { f(s.Context(), fails, fails) })
	s.Wait()
	if calls.Total() != 2 {
		s.Fail(1, "tasks started by "+name+"(ctx, two tasks that fail at once)", calls.Total(), 2)
	}
}

func TestOrderOfTasks(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, nothing)
	for _, f := range both {
		for _, c := range []struct{ n, contract int }{{0, 2}, {1, 1}, {9, 1}} {
			probe.Bubble(t, func(t *testing.T) {
				n := c.n
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
				got.wantValues(t, c.contract, call, values)
				probe.Equal(t, c.contract, "time that "+call+" takes", got.took, time.Duration(max(0, n-1))*time.Second)
				wantSameTasks(t, f.name, tasks, code, values)
			})
		}
	}
}

// nothing has tasks return nil for a value, of an interface type.
func nothing(t *testing.T) {
	returnsNil := func(context.Context) (any, error) { return nil, nil }
	values, err := gather.Gather[any](t.Context(), returnsNil, returnsNil)
	if !slices.Equal(values, []any{nil, nil}) || err != nil {
		probe.Fail(t, 1, "Gather(ctx, two tasks that return (any(nil), nil))", showValues(values, err), showValues([]any{nil, nil}, nil))
	}
	results := gather.Settle[any](t.Context(), returnsNil)
	if want := []gather.Result[any]{{}}; !slices.Equal(results, want) {
		probe.Fail(t, 3, "Settle(ctx, a task that returns (any(nil), nil))", fmt.Sprintf("%+v", results), fmt.Sprintf("%+v", want))
	}
}

// Nobody waits in these tasks, so that nothing orders them but Gather itself.
func TestManyEndTogether(t *testing.T) {
	probe.Check(t)
	const n = 300 // more than any room one might make
	for _, f := range both {
		probe.Bubble(t, func(t *testing.T) {
			values := repeat(n, func(i int) int { return 1 + i })
			got := f.call(t.Context(), repeat(n, func(i int) task {
				return func(context.Context) (int, error) { return values[i], nil }
			})...)
			got.wantValues(t, 1, fmt.Sprintf("%s(ctx, %d tasks that return at once)", f.name, n), values)
		})
		probe.Bubble(t, func(t *testing.T) {
			calls := repeat(9, func(i int) outcome { return f.call(t.Context(), after(0, i, nil), after(0, -i, nil)) })
			for i, got := range calls {
				got.wantValues(t, 1, f.name+"(ctx, two tasks), looked at after more calls of it", []int{i, -i})
			}
		})
	}
	probe.Bubble(t, func(t *testing.T) { // calls that share their tasks: nobody writes to them
		tasks := repeat(3, func(i int) task { return after(0, i, nil) })
		probe.Parallel(t, 4, func(i int) { both[i%2].call(t.Context(), tasks...) })
	})
	probe.Bubble(t, func(t *testing.T) {
		failures := repeat(n, func(i int) error { return fmt.Errorf("failure %d", i) })
		got := gatherAll(t.Context(), repeat(n, func(i int) task {
			return func(context.Context) (int, error) { return 0, failures[i] }
		})...)
		if !isOne(got.err, failures) {
			probe.Fail(t, 2, fmt.Sprintf("the error of Gather(ctx, %d tasks that fail at once)", n), describe(got.err), "one of theirs")
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
				log.untilDone(time.Hour),
				log.untilDone(time.Hour),
				after(2*time.Second, 3, errSecond),
				after(24*time.Hour, 4, nil),
			}
			if round == 0 {
				slices.Reverse(tasks) // in any case once: the later error stands first
			} else {
				r.Shuffle(len(tasks), func(i, j int) { tasks[i], tasks[j] = tasks[j], tasks[i] })
			}
			place := (round + len(tasks)) % (len(tasks) + 1) // each of them, the last one first
			tasks = slices.Insert(tasks, place, after(time.Second, 2, errFirst))
			got := gatherAll(t.Context(), log.count(tasks)...)
			call := "Gather(ctx, tasks of which one fails after 1s and another after 2s)"
			probe.Equal(t, 2, "tasks still running after "+call, log.running.In(), 0)
			log.wantDone(t, 2, 2, time.Second, "the tasks of "+call)
			probe.Equal(t, 2, "time that "+call+" takes, the longest task taking a day", got.took, 24*time.Hour)
			got.wantFailure(t, 2, call, errFirst)
		})
	}
	probe.Bubble(t, failsAsIfCancelled)
	probe.Bubble(t, func(t *testing.T) {
		got := gatherAll(t.Context(), after(time.Second, 1, errFirst))
		got.wantFailure(t, 2, "Gather(ctx, one task that returns a value and an error after 1s)", errFirst)
	})
	probe.Bubble(t, failsWithWords)
	follows := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, ctx.Err() }
	probe.Bubble(t, func(t *testing.T) { // the same instant on every clock
		got := gatherAll(t.Context(), follows, after(time.Second, 0, errFirst), follows)
		got.wantFailure(t, 2, "Gather(ctx, a task that fails after 1s between two that return ctx.Err() when their ctx is done)", errFirst)
	})
	fails := func(context.Context) (int, error) { return 0, errFirst }
	explore.Run(t, func(s *explore.S) { firstOf(s, "a task that fails", fails) })
	explore.Run(t, func(s *explore.S) {
		firstOf(s, "a task that fails, one that returns ctx.Err() when its ctx is done", fails, follows)
	})
}

// firstOf has errFirst fail Gather: no other error comes before it.
func firstOf(s *explore.S, what string, tasks ...task) {
	var err error
	s.Go(func() { _, err = gather.Gather(s.Context(), tasks...) })
	s.Wait()
	if !isJust(err, errFirst) {
		s.Fail(2, "the error of Gather(ctx, "+what+")", describe(err), describe(errFirst))
	}
}

// failsAsIfCancelled has a first error that looks like that of the tasks which
// are cancelled after it.
func failsAsIfCancelled(t *testing.T) {
	for _, first := range []error{context.Canceled, context.DeadlineExceeded} {
		var log cancelLog
		got := gatherAll(t.Context(), log.count([]task{
			log.untilDone(time.Hour),
			after(time.Second, 2, first),
			after(2*time.Second, 3, errSecond),
		})...)
		call := fmt.Sprintf("Gather(ctx, tasks of which one fails after 1s with %q and another after 2s)", first)
		log.wantDone(t, 2, 1, time.Second, "the tasks of "+call)
		got.wantFailure(t, 2, call, first)
	}
}

// failsWithWords has errors that == cannot compare, one of them without a text.
func failsWithWords(t *testing.T) {
	for _, first := range []words{{}, {"no", "such", "page"}} {
		got := gatherAll(t.Context(), after(2*time.Second, 0, words{"late"}), after(time.Second, 0, first))
		if err, is := errors.AsType[words](got.err); !is || !slices.Equal(err, first) || got.values != nil {
			call := fmt.Sprintf("Gather(ctx, tasks that fail after 2s and, with a slice as error, after 1s: %q)", first)
			probe.Fail(t, 2, call, showValues(got.values, got.err), showValues([]int(nil), first))
		}
	}
}

// All but one fail, one after the other; that one runs to its end and sees nothing.
func TestSettleCancelsNothing(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var log cancelLog
		got := settleAll(t.Context(), log.count([]task{
			after(0, 0, errSecond),
			after(time.Second, 0, errFirst),
			log.untilDone(24 * time.Hour),
			after(2*time.Second, 0, context.Canceled),
		})...)
		call := "Settle(ctx, tasks that fail after 0s, 1s and 2s, the last with context.Canceled, and one that takes a day)"
		log.wantDone(t, 3, 0, 0, "the tasks of "+call)
		probe.Equal(t, 3, "time that "+call+" takes", got.took, 24*time.Hour)
		got.wantOutcomes(t, 3, call, []gather.Result[int]{{Err: errSecond}, {Err: errFirst}, {Value: 1}, {Err: context.Canceled}})
	})
}

func TestNilTaskPanics(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, c := range []struct{ n, at int }{{1, 0}, {3, 0}, {3, 1}, {3, 2}} {
			probe.Bubble(t, func(t *testing.T) {
				var log cancelLog
				tasks := log.count(repeat(c.n, func(int) task { return after(time.Second, 1, nil) }))
				tasks[c.at] = nil
				call := fmt.Sprintf("%s(ctx, tasks...) where tasks[%d] of %d is nil", f.name, c.at, c.n)
				probe.WantPanic(t, 5, call, func() { f.call(t.Context(), tasks...) })
				time.Sleep(time.Minute) // for tasks that were started all the same
				probe.Equal(t, 5, "tasks started by "+call, log.running.Total(), 0)
			})
		}
	}
}

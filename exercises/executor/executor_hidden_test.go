//go:build hidden

package executor_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

// The API, in this file's own words.
var (
	_ error                                                                                            = executor.ErrClosed
	_ func(int) *executor.Executor                                                                     = executor.New
	_ func(*executor.Executor)                                                                         = (*executor.Executor).Close
	_ func(*executor.PanicError) string                                                                = (*executor.PanicError).Error
	_ error                                                                                            = (*executor.PanicError)(nil)
	_ func(context.Context, *executor.Executor, func(context.Context) (string, error)) (string, error) = executor.Run[string]
	_                                                                                                  = executor.PanicError{Value: any(nil), Stack: []byte(nil)}
)

// Many callers get their own results, of any type, while the executor is closed
// under them.
func TestResultsOfManyCallers(t *testing.T) {
	probe.Check(t)
	const callers, rounds = 16, 10
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(4)
		var wrong probe.Log[string]
		probe.Parallel(t, callers, func(i int) {
			for k := range rounds {
				if got := oneRun(t.Context(), e, i*rounds+k); got != "" {
					wrong.Add(got)
				}
			}
		})
		for _, w := range wrong.All() {
			probe.Failf(t, 2, "%s", w)
			return
		}
		cancelTogether(t, e, callers)
		nested(t, e)
		nothing(t, e)
		closeTogether(t, e, callers)
	})
	probe.Bubble(t, longHours)
}

func TestBound(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, workers := range []int{2 + r.IntN(4), 100} {
		n := workers*2 + 1 + r.IntN(workers)
		probe.Bubble(t, func(t *testing.T) { bound(t, workers, n) })
	}
	for _, workers := range []int{0, -1} {
		if probe.Recovered(func() { executor.New(workers) }) == nil {
			probe.Failf(t, 1, "New(%d) does not panic", workers)
		}
	}
}

// bound calls Run n times on New(workers).
func bound(t *testing.T, workers, n int) {
	t.Helper()
	e, gate := executor.New(workers), probe.NewGate()
	var calls []*call
	for i := range n {
		calls = append(calls, begin(t.Context(), e, func(context.Context) (int, error) {
			gate.Pass()
			return i, nil
		}))
	}
	ok := probe.Equal(t, 1, fmt.Sprintf("functions running of New(%d) after %d Runs", workers, n), gate.Inside(), workers)
	gate.Open()
	for i, c := range calls {
		ok = ok && c.gave(t, 2, "one of many Runs", i)
	}
	if ok {
		probe.Equal(t, 1, fmt.Sprintf("most functions running at a time of New(%d)", workers), gate.Peak(), workers)
		rounds := time.Duration((n + workers - 1) / workers)
		probe.Equal(t, 1, fmt.Sprintf("time of %d functions of 1 s on New(%d)", n, workers), timed(t, e, n), rounds*time.Second)
	}
	shut(t, e)
}

// timed is how long n functions of a second take together.
func timed(t *testing.T, e *executor.Executor, n int) time.Duration {
	return probe.Elapsed(func() {
		probe.Parallel(t, n, func(int) {
			_, _ = executor.Run(t.Context(), e, func(context.Context) (int, error) {
				time.Sleep(time.Second)
				return 0, nil
			})
		})
	})
}

func TestCancelInLine(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		e, first, gate := held(t, 1)
		var ran probe.Log[int]
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		early, cancelEarly := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancelEarly()
		second, late := begin(ctx, e, value(&ran, 2)), begin(early, e, value(&ran, 3))
		synctest.Wait()
		last := begin(t.Context(), e, value(&ran, 4))
		time.Sleep(1400 * time.Millisecond)
		late.waits(t, 2, "a Run in line has returned before its ctx was done")
		time.Sleep(200 * time.Millisecond)
		late.failed(t, 2, "a Run in line whose deadline has passed", "context.DeadlineExceeded")
		cancel(errors.New("the caller's reason"))
		second.failed(t, 2, "a Run in line whose ctx is cancelled", "context.Canceled")
		begin(ctx, e, value(&ran, 5)).failed(t, 2, "Run(ctx, e, fn) with ctx done before, on a busy executor", "context.Canceled")
		gate.Open()
		first.gave(t, 2, "the Run before the line", 1)
		last.gave(t, 2, "the Run behind those that left the line", 4)
		doneOnEntry(ctx, t, e, &ran)
		if got := ran.All(); !slices.Equal(got, []int{4}) {
			probe.Fail(t, 2, "functions that ran when those of Runs 2, 3, 5 and 6 were cancelled in line", got, []int{4})
		}
		shut(t, e)
	})
	probe.Bubble(t, endOfLine)
}

// doneOnEntry calls Run with ctx done many times: a select that may choose
// between a free worker and ctx chooses the worker in half of them.
func doneOnEntry(ctx context.Context, t *testing.T, e *executor.Executor, ran *probe.Log[int]) {
	t.Helper()
	for range 64 {
		if !begin(ctx, e, value(ran, 6)).failed(t, 2, "Run(ctx, e, fn) with ctx done before", "context.Canceled") {
			return
		}
	}
}

func TestCancelWhileRunning(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		e, gate := executor.New(1), probe.NewGate()
		far, release := context.WithTimeout(t.Context(), time.Minute) // a deadline is not all that ends a context
		defer release()
		ctx, cancel := context.WithCancelCause(far)
		defer cancel(nil)
		given := make(chan context.Context, 1)
		run := begin(ctx, e, func(ctx context.Context) (int, error) {
			given <- ctx
			gate.Pass() // whatever ctx says
			return 1, nil
		})
		if !probe.Equal(t, 1, "functions running of New(1) after one Run", gate.Inside(), 1) {
			return
		}
		time.Sleep(1500 * time.Millisecond)
		cancel(errors.New("the caller's reason"))
		if run.failed(t, 2, "a Run whose ctx is cancelled while fn runs", "context.Canceled") {
			probe.Equal(t, 2, "time of a Run whose ctx is cancelled after 1.5 s while fn goes on", run.took, 1500*time.Millisecond)
		}
		probe.Equal(t, 2, "error of fn's context after the ctx of its Run was cancelled", kind((<-given).Err()), "context.Canceled")
		second, inside, given := impatient(t, e)
		second.waits(t, 2, "an fn whose Run was cancelled still runs on New(1), and yet another Run has returned")
		gate.Open()
		abandonedFromLine(t, e, second, inside, given)
	})
}

func TestPanic(t *testing.T) {
	probe.Check(t)
	workers := 2 + probe.Rand(t).IntN(3)
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(workers)
		values := []any{errNetwork, probe.Recovered(func() { _ = []int{}[workers] }), &executor.PanicError{Value: "another call's"}}
		var stacks, copies [][]byte
		for i := range len(values) + workers {
			var with any = &i
			if i < len(values) {
				with = values[i]
			}
			ctx := probe.Foreign(t.Context()) // what is left to follow it shows as a goroutine
			run := begin(ctx, e, func(context.Context) (int, error) { return explode(with) })
			call := fmt.Sprintf("Run number %d on New(%d), whose functions all panic, this one with a %T,", i+1, workers, with)
			if run.failed(t, 3, call, "a *PanicError") {
				stack := panicked(t, run.err, with)
				stacks, copies = append(stacks, stack), append(copies, bytes.Clone(stack))
			}
		}
		if !slices.EqualFunc(stacks, copies, bytes.Equal) {
			probe.Failf(t, 3, "later panics have changed the Stack of a *PanicError")
		}
		ctx, cancel := context.WithCancel(t.Context())
		gate := probe.NewGate()
		late := begin(ctx, e, func(context.Context) (int, error) {
			gate.Pass()
			return explode("late")
		})
		synctest.Wait()
		cancel()
		late.ends(t, 2, "a Run whose ctx is cancelled while fn runs does not return at once")
		gate.Open() // and fn panics, with nobody waiting for it
		after := probe.NewGate()
		for range workers + 1 {
			begin(t.Context(), e, func(context.Context) (int, error) {
				after.Pass()
				return 0, nil
			})
		}
		probe.Equal(t, 3, fmt.Sprintf("functions running of New(%d) after %d panics", workers, len(values)+workers+1), after.Inside(), workers)
		after.Open()
		synctest.Wait() // whether Close lets them finish is another check's
		shut(t, e)
	})
}

// errNetwork is an error that kind does not know: a PanicError may unwrap to it.
var errNetwork = errors.New("no network")

//go:noinline
func explode(with any) (int, error) { panic(with) }

func panicked(t *testing.T, err error, with any) (stack []byte) {
	t.Helper()
	var p *executor.PanicError
	errors.As(err, &p)
	if p.Value != with {
		probe.Failf(t, 3, "the *PanicError's Value is not the %T that fn panicked with", with)
	}
	if p.Error() == "" {
		probe.Failf(t, 3, "the *PanicError's Error() is empty: it does not say that the function panicked")
	}
	if !bytes.Contains(p.Stack, []byte("explode")) {
		probe.Failf(t, 3, "the *PanicError's Stack does not show the function that panicked")
	}
	if bytes.IndexByte(p.Stack, 0) >= 0 {
		probe.Failf(t, 3, "the *PanicError's Stack goes on with zero bytes where what runtime.Stack has written ends")
	}
	return p.Stack
}

func TestClose(t *testing.T) {
	probe.Check(t)
	if executor.ErrClosed == nil || kind(executor.ErrClosed) != "ErrClosed" {
		probe.Failf(t, 4, "ErrClosed is not an error of its own")
		return
	}
	closed := executor.ErrClosed
	closeIdle(t)
	closeBusy(t)
	closeAbandoned(t)
	closeLine(t)
	closeLong(t)
	if any(executor.ErrClosed) != any(closed) {
		probe.Failf(t, 4, "the calls have put another error into ErrClosed")
	}
}

// Small scenarios, in every order in which their steps can happen.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	for _, scenario := range []func(*explore.S){cancelAtHandOver, closeAtHandOver, placesAfterHandOver, cancelAnyTime, idleAgainstRuns, closeAgainstRun, allEnd, panicAgainstRun} {
		if explore.Run(t, scenario); t.Failed() {
			return
		}
	}
}

//go:build hidden

package executor_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

// oneRun says what is wrong with a Run that gives n as a string, or an error
// for every third n.
func oneRun(ctx context.Context, e *executor.Executor, n int) string {
	ran := 0 // no lock: Run returns after fn
	got, err := executor.Run(ctx, e, func(context.Context) (string, error) {
		ran++
		if n%3 == 0 {
			return fmt.Sprint(n), errWork
		}
		return fmt.Sprint(n), nil
	})
	want := "nil"
	if n%3 == 0 {
		want = "the function's error"
	}
	switch {
	case ran != 1:
		return fmt.Sprintf("Run(ctx, e, fn) returned when fn had run %d times", ran)
	case kind(err) != want:
		return fmt.Sprintf("the error of Run(ctx, e, fn) is %s, want %s", kind(err), want)
	case err == nil && got != fmt.Sprint(n): // beside an error, the contract says nothing of it
		return fmt.Sprintf("the value of Run(ctx, e, fn), whose error is nil, is %q, want %q", got, fmt.Sprint(n))
	}
	return ""
}

// cancelTogether ends every call while its function goes on: a Run that goes
// away must not touch what its function still writes.
func cancelTogether(t *testing.T, e *executor.Executor, callers int) {
	t.Helper()
	gate := probe.NewGate()
	got := make([]error, callers)
	probe.Parallel(t, callers, func(i int) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		_, got[i] = executor.Run(ctx, e, func(context.Context) ([2]int, error) {
			gate.Pass()
			return [2]int{i, i}, errWork
		})
	})
	gate.Open()
	for _, err := range got { // which error it is, is another check's
		if err == nil {
			probe.Fail(t, 2, "error of Run(ctx, e, fn) with ctx done while fn runs", "nil", "context.DeadlineExceeded")
			return
		}
	}
}

// nested runs a function that needs the executor itself.
func nested(t *testing.T, e *executor.Executor) {
	t.Helper()
	outer := begin(t.Context(), e, func(ctx context.Context) (int, error) {
		v, err := executor.Run(ctx, e, func(context.Context) (int, error) { return 20, nil })
		return v + 1, err
	})
	outer.gave(t, 2, "a Run whose function calls Run, with free places", 21)
}

// longHours has functions of an hour, one behind the other, and another one after an
// hour in which there is nothing to do: nobody loses patience.
func longHours(t *testing.T) {
	e := executor.New(1)
	for range 2 {
		calls := []*call{begin(t.Context(), e, anHour), begin(t.Context(), e, anHour)}
		for _, c := range calls {
			<-c.done
			c.gave(t, 2, "a Run on New(1) whose function, like the one before it, takes an hour", 1)
		}
		time.Sleep(time.Hour)
	}
	shut(t, e)
}

// nothing runs a function that has no result to speak of.
func nothing(t *testing.T, e *executor.Executor) {
	t.Helper()
	v, err := executor.Run(t.Context(), e, func(context.Context) (any, error) { return nil, nil })
	probe.Equal(t, 2, "Run[any] of a function that returns nil, nil", fmt.Sprint(v, ", ", kind(err)), "<nil>, nil")
}

// closeTogether closes e several times while others call Run. Every fourth caller
// comes after a Close, with nothing else that puts the two in order.
func closeTogether(t *testing.T, e *executor.Executor, callers int) {
	t.Helper()
	closed := probe.NewGate()
	got := make([]string, callers)
	probe.Parallel(t, callers, func(i int) {
		switch i % 4 {
		case 0:
			e.Close()
			if got[i] = "an error"; i == 0 {
				closed.Open()
			}
			return
		case 1:
			closed.Pass()
		}
		v, err := executor.Run(t.Context(), e, func(context.Context) (int, error) { return i, nil })
		switch {
		case err != nil: // which one is another check's
			got[i] = "an error"
		case v == i:
			got[i] = "fn's result"
		default:
			got[i] = "another call's result"
		}
	})
	for i, g := range got {
		if late := i%4 == 1; g != "an error" && (late || g != "fn's result") {
			probe.Fail(t, 4, "Run(ctx, e, fn) while others call Close, or after that", g, "fn's result, or ErrClosed")
			return
		}
	}
}

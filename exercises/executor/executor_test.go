package executor_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

// fetch is a blocking call, like requests.get in the course notes: it takes a
// second of the bubble's virtual time and does not look at its context.
func fetch(context.Context) (int, error) {
	time.Sleep(time.Second)
	return 200, nil
}

// Three blocking calls in turn took three times as long as one. On three workers
// they take as long as one, on two as long as two.
func TestThreeFetches(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		workers int
		want    time.Duration
	}{{1, 3 * time.Second}, {2, 2 * time.Second}, {3, time.Second}} {
		probe.Bubble(t, func(t *testing.T) {
			e := executor.New(c.workers)
			status := make([]int, 3)
			took := probe.Elapsed(func() {
				probe.Parallel(t, 3, func(i int) {
					status[i], _ = executor.Run(t.Context(), e, fetch)
				})
			})
			e.Close()
			probe.Equal(t, 1, "time of 3 calls of 1 s", took, c.want)
			for _, s := range status {
				probe.Equal(t, 2, "Run(ctx, e, fetch)", s, 200)
			}
		})
	}
}

// Whoever has waited long enough goes on without the result.
func TestImpatient(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(1)
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		var err error
		took := probe.Elapsed(func() { _, err = executor.Run(ctx, e, fetch) })
		probe.Equal(t, 2, "time of Run(ctx, e, fetch) with a deadline after 300 ms", took, 300*time.Millisecond)
		probe.Equal(t, 2, "error of Run(ctx, e, fetch) with a deadline after 300 ms", probe.ErrorName(err), "context.DeadlineExceeded")
		e.Close()
	})
}

// A panic is one caller's error, not the end of the program.
func TestPanicIsAnError(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(1)
		_, err := executor.Run(t.Context(), e, func(context.Context) (int, error) { panic("no network") })
		var p *executor.PanicError
		if !errors.As(err, &p) {
			probe.Failf(t, 3, "the error of a Run whose function panics is not a *PanicError")
			return
		}
		probe.Equal[any](t, 3, "Value of the *PanicError", p.Value, "no network")
		status, _ := executor.Run(t.Context(), e, fetch)
		probe.Equal(t, 3, "Run(ctx, e, fetch) after a panic", status, 200)
		e.Close()
	})
}

// Close waits for the work that is under way and refuses new work.
func TestClosed(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(2)
		status := make(chan int, 1)
		go func() {
			s, _ := executor.Run(t.Context(), e, fetch)
			status <- s
		}()
		time.Sleep(time.Millisecond)
		probe.Equal(t, 4, "time of Close with 999 ms of work left", probe.Elapsed(e.Close), 999*time.Millisecond)
		_, err := executor.Run(t.Context(), e, fetch)
		closed := probe.Named{Name: "ErrClosed", Err: executor.ErrClosed}
		probe.Equal(t, 4, "error of a Run after Close", probe.ErrorName(err, closed), closed.Name)
		probe.Equal(t, 4, "Run(ctx, e, fetch) with Close in between", <-status, 200)
	})
}

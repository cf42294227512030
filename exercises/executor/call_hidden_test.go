//go:build hidden

package executor_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

type work = func(context.Context) (int, error)

// call is a Run on a goroutine of its own.
type call struct {
	done  chan struct{}
	value int
	err   error
	took  time.Duration
}

func begin(ctx context.Context, e *executor.Executor, fn work) *call {
	c := &call{done: make(chan struct{})}
	start := time.Now()
	go func() {
		defer close(c.done)
		c.value, c.err = executor.Run(ctx, e, fn)
		c.took = time.Since(start)
		c.err = probe.OfContext(ctx, c.err)
	}()
	return c
}

// returned says whether the call has returned once everything stands still.
func (c *call) returned() bool {
	synctest.Wait()
	select {
	case <-c.done:
		return true
	default:
		return false
	}
}

// waits fails t with a sentence if the call has returned.
func (c *call) waits(t *testing.T, contract int, otherwise string) {
	t.Helper()
	if c.returned() {
		probe.Failf(t, contract, "%s", otherwise)
	}
}

// ends fails t with a sentence unless the call has returned.
func (c *call) ends(t *testing.T, contract int, otherwise string) {
	t.Helper()
	if !c.returned() {
		probe.Failf(t, contract, "%s", otherwise)
	}
}

// gave fails t unless the call has returned want and no error.
func (c *call) gave(t *testing.T, contract int, name string, want int) bool {
	t.Helper()
	if !c.returned() {
		probe.Failf(t, contract, "%s does not return at once", name)
		return false
	}
	return probe.Equal(t, contract, "error of "+name, kind(c.err), "nil") && probe.Equal(t, contract, name, c.value, want)
}

// failed fails t unless the call has returned an error of kind want.
func (c *call) failed(t *testing.T, contract int, name, want string) bool {
	t.Helper()
	if !c.returned() {
		probe.Failf(t, contract, "%s does not return at once", name)
		return false
	}
	return probe.Equal(t, contract, "error of "+name, kind(c.err), want)
}

var errWork = errors.New("the work failed")

// kind is err's name in these tests.
func kind(err error) string {
	known := []probe.Named{
		{Name: "context.Canceled", Err: context.Canceled},
		{Name: "context.DeadlineExceeded", Err: context.DeadlineExceeded},
		{Name: "the function's error", Err: errWork},
		{Name: "ErrClosed", Err: executor.ErrClosed},
	}
	if p := new(executor.PanicError); errors.As(err, &p) {
		known = append(known, probe.Named{Name: "a *PanicError", Err: p, Alone: true})
	}
	return probe.ErrorName(err, known...)
}

// closing is a Close on a goroutine of its own.
func closing(e *executor.Executor) *call {
	c := &call{done: make(chan struct{})}
	start := time.Now()
	go func() {
		defer close(c.done)
		e.Close()
		c.took = time.Since(start)
	}()
	return c
}

// shut closes e, which must then have no goroutine left.
func shut(t *testing.T, e *executor.Executor) {
	t.Helper()
	if !closing(e).returned() {
		probe.Failf(t, 4, "Close of an executor that has nothing to do does not return at once")
	}
}

// held is an executor one of whose workers is busy until open, with a function that
// fails if its context has ended.
func held(t *testing.T, workers int) (e *executor.Executor, first *call, gate *probe.Gate) {
	t.Helper()
	e, gate = executor.New(workers), probe.NewGate()
	first = begin(t.Context(), e, func(ctx context.Context) (int, error) {
		gate.Pass()
		return 1, ctx.Err()
	})
	probe.Equal(t, 1, fmt.Sprintf("functions running of New(%d) after one Run", workers), gate.Inside(), 1)
	return e, first, gate
}

// anHour is work that takes an hour.
func anHour(context.Context) (int, error) {
	time.Sleep(time.Hour)
	return 1, nil
}

// value is work that says so in log and returns n, and fails if its context has ended.
func value(log *probe.Log[int], n int) work {
	return func(ctx context.Context) (int, error) {
		log.Add(n)
		return n, ctx.Err()
	}
}

// impatient is a Run with a deadline, whose function holds its place until open.
func impatient(t *testing.T, e *executor.Executor) (run *call, gate *probe.Gate, given chan context.Context) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	gate, given = probe.NewGate(), make(chan context.Context, 1)
	run = begin(ctx, e, func(ctx context.Context) (int, error) {
		given <- ctx
		gate.Pass() // whatever ctx says
		return 2, nil
	})
	return run, gate, given
}

// abandonedFromLine lets the deadline of run pass, whose function came from the line
// and holds the only place of e.
func abandonedFromLine(t *testing.T, e *executor.Executor, run *call, gate *probe.Gate, given chan context.Context) {
	t.Helper()
	if !probe.Equal(t, 2, "functions running of the Run behind an abandoned fn that has ended", gate.Inside(), 1) {
		return
	}
	time.Sleep(2 * time.Minute)
	run.failed(t, 2, "a Run that waited in line and whose deadline passes while fn runs", "context.DeadlineExceeded")
	// Run may cancel a context of its own before the deadline's end gets to it: which error it has is open.
	if (<-given).Err() == nil {
		probe.Failf(t, 2, "the context of an fn that came from the line is not cancelled although the deadline of its Run has passed")
	}
	next := begin(t.Context(), e, func(context.Context) (int, error) { return 3, nil })
	next.waits(t, 2, "an fn that came from the line and missed its deadline still runs on New(1), and yet another Run has returned")
	gate.Open()
	next.gave(t, 2, "the Run behind an abandoned fn that has ended", 3)
	shut(t, e)
}

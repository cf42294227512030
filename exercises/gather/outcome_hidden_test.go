//go:build hidden

package gather_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/gather"
	"gorutinas/exercises/internal/probe"
)

// outcome is what a call of Gather or Settle came to.
type outcome struct {
	values  []int                // of Gather
	err     error                // of Gather
	results []gather.Result[int] // of Settle, not nil
	took    time.Duration
}

func gatherAll(ctx context.Context, tasks ...task) (o outcome) {
	start := time.Now()
	o.values, o.err = gather.Gather(ctx, tasks...)
	o.took = time.Since(start)
	return o
}

func settleAll(ctx context.Context, tasks ...task) (o outcome) {
	start := time.Now()
	o.results = gather.Settle(ctx, tasks...)
	o.took = time.Since(start)
	if o.results == nil {
		o.results = []gather.Result[int]{} // without tasks it may be nil
	}
	return o
}

// both are the two functions, for what they have in common.
var both = []struct {
	name string
	call func(context.Context, ...task) outcome
}{{"Gather", gatherAll}, {"Settle", settleAll}}

// wantValues wants success, and these values.
func (o outcome) wantValues(t *testing.T, contract int, call string, want []int) {
	t.Helper()
	if o.results != nil {
		o.wantOutcomes(t, contract, call, repeat(len(want), func(i int) gather.Result[int] {
			return gather.Result[int]{Value: want[i]}
		}))
	} else if o.err != nil || o.values == nil || !slices.Equal(o.values, want) {
		probe.Fail(t, contract, call, showValues(o.values, o.err), showValues(want, nil))
	}
}

// wantOutcomes wants these outcomes of Settle. What a value beside an error says
// is not looked at.
func (o outcome) wantOutcomes(t *testing.T, contract int, call string, want []gather.Result[int]) {
	t.Helper()
	if !probe.Equal(t, contract, "outcomes of "+call, len(o.results), len(want)) {
		return
	}
	for i, r := range o.results {
		if !isJust(r.Err, want[i].Err) || r.Err == nil && r.Value != want[i].Value {
			probe.Fail(t, contract, fmt.Sprintf("outcome %d of %s", i, call), showValues(r.Value, r.Err), showValues(want[i].Value, want[i].Err))
			return
		}
	}
}

// wantError wants that error from Gather. What comes beside ctx's error the
// contract does not say.
func (o outcome) wantError(t *testing.T, contract int, call string, want error) {
	t.Helper()
	if !isJust(o.err, want) {
		probe.Fail(t, contract, "the error of "+call, describe(o.err), describe(want))
	}
}

// wantFailure wants nil and that error from Gather.
func (o outcome) wantFailure(t *testing.T, contract int, call string, want error) {
	t.Helper()
	o.wantError(t, contract, call, want)
	if o.values != nil {
		probe.Fail(t, contract, "the values of "+call, o.values, "nil")
	}
}

// wantAfterCancel wants what comes of a cancelled task, one that returned
// taskErr, and one that succeeded.
func (o outcome) wantAfterCancel(t *testing.T, call string, taskErr error) {
	t.Helper()
	switch {
	case o.results != nil:
		o.wantOutcomes(t, 4, call, []gather.Result[int]{{Value: 1}, {Value: 2, Err: taskErr}, {Value: 3}})
	case taskErr != nil:
		o.wantFailure(t, 4, call, taskErr)
	default:
		o.wantError(t, 4, call, context.Canceled)
	}
}

// wantSameTasks wants the slice of tasks as it was before the call: tasks of one
// function literal (of which a wrapped one is none), each with its own value.
func wantSameTasks(t *testing.T, name string, tasks []task, code uintptr, values []int) {
	t.Helper()
	for i, task := range tasks {
		if task != nil && reflect.ValueOf(task).Pointer() == code {
			if v, _ := task(t.Context()); v == values[i] {
				continue
			}
		}
		probe.Failf(t, 5, "%s changed the slice of tasks that it was given", name)
		return
	}
}

var (
	errFirst  = errors.New("first failure")
	errSecond = errors.New("second failure")
)

// words is an error that == cannot compare.
type words []string

func (w words) Error() string { return strings.Join(w, " ") }

// isJust says whether err is want, maybe wrapped, and no other error of these
// tests: errors.Is alone would be content with all of them joined.
func isJust(err, want error) bool {
	if want == nil || err == nil {
		return same(err, want)
	}
	for _, e := range []error{errFirst, errSecond, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, e) != same(e, want) {
			return false
		}
	}
	return !probe.IsEveryError(err)
}

// same says whether a and b are the very same value.
func same(a, b any) bool { return a == b }

// isOne says whether err is exactly one of wants.
func isOne(err error, wants []error) bool {
	n := 0
	for _, want := range wants {
		if errors.Is(err, want) {
			n++
		}
	}
	return n == 1 && !probe.IsEveryError(err)
}

// cancelLog records which of the tasks made by it ran, and when those that
// listen saw their context done.
type cancelLog struct {
	running probe.Gauge
	start   time.Time
	done    probe.Log[time.Duration] // since start
}

// count makes the tasks count themselves.
func (l *cancelLog) count(tasks []task) []task {
	l.start = time.Now()
	return repeat(len(tasks), func(i int) task {
		return func(ctx context.Context) (int, error) {
			l.running.Enter()
			defer l.running.Leave()
			return tasks[i](ctx)
		}
	})
}

// untilDone returns a task that lasts until its context is done, or for long. It
// succeeds in any case.
func (l *cancelLog) untilDone(long time.Duration) task {
	return func(ctx context.Context) (int, error) {
		select {
		case <-ctx.Done():
			l.done.Add(time.Since(l.start))
		case <-time.After(long):
		}
		return 1, nil
	}
}

// wantDone wants that n tasks saw their context done, at the time at.
func (l *cancelLog) wantDone(t *testing.T, contract, n int, at time.Duration, tasks string) {
	t.Helper()
	probe.Equal(t, contract, tasks+": how many of those that listen saw their context done", l.done.Len(), n)
	for _, d := range l.done.All() {
		probe.Equal(t, contract, tasks+": time until their context was done", d, at)
	}
}

// after returns a task that ignores its context.
func after(d time.Duration, value int, err error) task {
	return func(context.Context) (int, error) {
		if d > 0 {
			time.Sleep(d)
		}
		return value, err
	}
}

// cancelAfter returns a context that is cancelled, with a cause, after d.
func cancelAfter(parent context.Context, d time.Duration) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	cause := errors.New("the user left")
	if d == 0 {
		cancel(cause)
	} else {
		time.AfterFunc(d, func() { cancel(cause) })
	}
	return ctx, func() { cancel(nil) }
}

// timeout returns a context that reaches its deadline after d.
func timeout(parent context.Context, d time.Duration) (context.Context, func()) {
	return context.WithTimeout(parent, d)
}

func repeat[V any](n int, f func(i int) V) []V {
	all := make([]V, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

// describe is err's name in these tests.
func describe(err error) string {
	return probe.ErrorNames(err,
		probe.Named{Name: fmt.Sprintf("error %q", errFirst), Err: errFirst},
		probe.Named{Name: fmt.Sprintf("error %q", errSecond), Err: errSecond})
}

func showValues[V any](v V, err error) string {
	return fmt.Sprintf("(%#v, %s)", v, describe(err))
}

//go:build hidden

package deadline_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/deadline"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// outcome is what a call of WaitFor came to.
type outcome struct {
	value int
	err   error
	took  time.Duration
}

func waitFor(ctx context.Context, limit time.Duration, fn function) (o outcome) {
	start := time.Now()
	o.value, o.err = deadline.WaitFor(ctx, limit, fn)
	o.took = time.Since(start)
	return o
}

// want wants the zero value and err, after the time took.
func (o outcome) want(t *testing.T, contract int, call string, took time.Duration, err error) {
	t.Helper()
	probe.Equal(t, contract, "the value of "+call, o.value, 0)
	if !isJust(o.err, err) {
		probe.Fail(t, contract, "the error of "+call, describe(o.err), describe(err))
	}
	probe.Equal(t, contract, "time that "+call+" takes", o.took, took)
}

var (
	errOfFn    = errors.New("no such page")
	errWrapped = fmt.Errorf("page 2: %w", context.DeadlineExceeded)
)

// isJust says whether err is want, maybe wrapped, and no other error of these
// tests: errors.Is alone would be content with all of them joined. An error for
// the limit may add that fn's context was cancelled: that is the truth.
func isJust(err, want error) bool {
	for _, e := range []error{errOfFn, context.Canceled, context.DeadlineExceeded} {
		if want == context.DeadlineExceeded && e == context.Canceled {
			continue
		}
		if errors.Is(err, e) != same(e, want) {
			return false
		}
	}
	return !probe.IsEveryError(err)
}

// same says whether a and b are the very same value.
func same(a, b any) bool { return a == b }

// lateFunctions are functions that return after their context is done.
var lateFunctions = []struct {
	does string
	fn   func(value int, err error) function
}{
	{"takes no notice of its ctx and returns after 30m", func(value int, err error) function {
		return func(context.Context) (int, error) {
			time.Sleep(30 * time.Minute)
			return value, err
		}
	}},
	{"returns when its ctx is done", func(value int, err error) function {
		return func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return value, err
		}
	}},
	{"returns its ctx's error when that is done", func(value int, _ error) function {
		return func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return value, ctx.Err()
		}
	}},
	{"returns 1s after its ctx is done", func(value int, err error) function {
		return func(ctx context.Context) (int, error) {
			<-ctx.Done()
			time.Sleep(time.Second)
			return value, err
		}
	}},
}

// endings are the ways in which a context ends after a while.
var endings = []struct {
	does    string
	err     error
	context func(context.Context, time.Duration) (context.Context, context.CancelFunc)
}{
	{"has a deadline", context.DeadlineExceeded, context.WithTimeout},
	{"is cancelled with a cause", context.Canceled, func(parent context.Context, after time.Duration) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(parent)
		timer := time.AfterFunc(after, func() { cancel(errors.New("the reader left")) })
		return ctx, func() { timer.Stop(); cancel(nil) }
	}},
	{"has a deadline and is cancelled long before", context.Canceled, func(parent context.Context, after time.Duration) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithTimeout(parent, far/2)
		timer := time.AfterFunc(after, cancel)
		return ctx, func() { timer.Stop(); cancel() }
	}},
}

// describe is err's name in these tests.
func describe(err error) string {
	return probe.ErrorNames(err, probe.Named{Name: fmt.Sprintf("error %q", errOfFn), Err: errOfFn})
}

func show(v int, err error) string { return fmt.Sprintf("(%d, %s)", v, describe(err)) }

// pause returns a function that returns err after d.
func pause(d time.Duration, err error) func() error {
	return func() error {
		time.Sleep(d)
		return err
	}
}

// wantContextOfFn wants fn's context to carry secret and to be done after end.
func wantContextOfFn(ctx context.Context, t *testing.T, call string, limit time.Duration, fn func() error, end time.Duration, secret int) {
	t.Helper()
	start := time.Now()
	var values probe.Log[any]
	var ended probe.Log[time.Duration]
	_, _ = deadline.WaitFor(ctx, limit, func(ctx context.Context) (int, error) {
		values.Add(ctx.Value(key{}))
		context.AfterFunc(ctx, func() { ended.Add(time.Since(start)) })
		return 0, fn()
	})
	time.Sleep(10 * time.Second)
	switch got := values.All(); {
	case len(got) == 0:
		probe.Failf(t, 4, "%s did not call fn", call)
	case len(got) > 1:
		probe.Failf(t, 4, "%s called fn %d times", call, len(got))
	case got[0] != secret:
		probe.Failf(t, 4, "%s called fn with a context that does not carry the values of ctx", call)
	}
	if got := ended.All(); len(got) != 1 || got[0] != end {
		probe.Fail(t, 4, "moments at which the context of fn was done in "+call, got, []time.Duration{end})
	}
}

// oneInAnother calls WaitFor in the fn of another, whose limit passes first: for the
// inner one it is ctx that has ended, in whatever way the outer one has done that.
func oneInAnother(t *testing.T) {
	errs := make(chan [2]error, 2) // hands over in the race detector's view
	_, _ = deadline.WaitFor(t.Context(), time.Second, func(ctx context.Context) (int, error) {
		_, err := deadline.WaitFor(ctx, far, lateFunctions[0].fn(7, nil))
		errs <- [2]error{err, ctx.Err()}
		return 0, err
	})
	time.Sleep(time.Second) // for the late fn
	call := fmt.Sprintf("WaitFor(ctx, 5h, fn that %s) in the fn of WaitFor(ctx, 1s, fn)", lateFunctions[0].does)
	select {
	case pair := <-errs:
		if err, want := pair[0], pair[1]; !errors.Is(err, want) || probe.IsEveryError(err) {
			probe.Fail(t, 3, "the error of "+call, describe(err), describe(want))
		}
	default:
		probe.Failf(t, 3, "%s has not returned a second after the limit of that has passed", call)
	}
}

// doneByThen has fn return in time: its context is done when WaitFor has returned, and
// not a moment later.
func doneByThen(s *explore.S) {
	var given probe.Log[context.Context]
	_, _ = deadline.WaitFor(s.Context(), far, func(ctx context.Context) (int, error) { given.Add(ctx); return 7, nil })
	for _, ctx := range given.All() {
		if ctx.Err() == nil {
			s.Failf(4, "fn's context is not done yet when WaitFor(ctx, 5h, fn that returns at once) has returned")
		}
	}
}

//go:build hidden

package deadline_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"gorutinas/exercises/deadline"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API in the tests' own types: a submission that changes it does not build.
var _ func(context.Context, time.Duration, function) (int, error) = deadline.WaitFor[int]

type function = func(context.Context) (int, error)

// far is a limit that does not pass in a test. A goroutine that waits for it is
// there longer than goroutines are given to end.
const far = 5 * time.Hour

func TestOnTime(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for i, failure := range []error{nil, errOfFn, context.Canceled, context.DeadlineExceeded, errWrapped, errWrapped, context.Canceled, context.DeadlineExceeded} {
		probe.Bubble(t, func(t *testing.T) {
			parent, which := t.Context(), "ctx"
			if i >= 5 { // fn's error is its own all the same
				var cancel func()
				parent, cancel = context.WithTimeout(parent, 2*far)
				defer cancel()
				which = fmt.Sprintf("ctx that has a deadline after %v", 2*far)
			}
			value := 1 + r.IntN(1000)
			takes := time.Duration(r.Int64N(int64(5 * time.Second)))
			limit := far
			switch failure {
			case nil: // later than any clock can tell
				limit = math.MaxInt64
			case errOfFn: // only just
				limit = takes + 1
			}
			var calls probe.Gauge
			ctx := probe.Foreign(parent) // a goroutine follows it for whoever waits for it
			got := waitFor(ctx, limit, func(context.Context) (int, error) {
				calls.Enter()
				time.Sleep(takes)
				return value, failure
			})
			call := fmt.Sprintf("WaitFor(%s, %v, fn that returns %s after %v)", which, limit, show(value, failure), takes)
			if got.value != value || !same(got.err, failure) {
				gave := show(got.value, got.err)
				if got.value == value && errors.Is(got.err, failure) {
					gave += " with another error around it"
				}
				probe.Fail(t, 1, call, gave, show(value, failure))
			}
			probe.Equal(t, 1, "calls of fn by "+call, calls.Total(), 1)
			probe.Equal(t, 1, "time that "+call+" takes", got.took, takes)
			probe.NoneLeft(t, call)
		})
	}
	probe.Bubble(t, func(t *testing.T) {
		if v, err := deadline.WaitFor(t.Context(), far, func(context.Context) (any, error) { return nil, nil }); v != nil || err != nil {
			probe.Fail(t, 1, "WaitFor(ctx, 5h, fn that returns (any(nil), nil))", fmt.Sprintf("(%v, %s)", v, describe(err)), "(<nil>, nil)")
		}
	})
	if !t.Failed() {
		explore.Run(t, returnsAtOnce)
	}
}

// returnsAtOnce has a result that may be there before anybody waits for it.
func returnsAtOnce(s *explore.S) {
	v, err := deadline.WaitFor(s.Context(), far, func(context.Context) (int, error) { return 7, nil })
	if v != 7 || err != nil {
		s.Fail(1, "WaitFor(ctx, 5h, fn that returns (7, nil) at once)", show(v, err), "(7, nil)")
	}
}

// fn takes no notice of its context, returns at once when it is done, or a
// little later; what it returns is late in any case.
func TestPastLimit(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, late := range lateFunctions {
		for _, failure := range []error{nil, errOfFn} {
			limit := time.Nanosecond
			if failure == nil {
				limit += time.Duration(r.Int64N(int64(5 * time.Second)))
			}
			probe.Bubble(t, func(t *testing.T) {
				ctx, which := probe.Foreign(t.Context()), "ctx"
				if failure == nil {
					var cancel func()
					ctx, cancel = context.WithTimeout(ctx, far)
					defer cancel()
					which = "ctx with a later deadline"
				}
				got := waitFor(ctx, limit, late.fn(1+r.IntN(1000), failure))
				call := fmt.Sprintf("WaitFor(%s, %v, fn that %s)", which, limit, late.does)
				got.want(t, 2, call, limit, context.DeadlineExceeded)
			})
		}
	}
	if !t.Failed() {
		explore.Run(t, returnsAtLimit, explore.Schedules(100), explore.Delays(100, 2*time.Second))
	}
}

// returnsAtLimit has fn return only because limit has passed, so that what it
// returns is late, however slow the others are. The limit is short: many of the
// delays outlast it, and meet a result that is there already.
func returnsAtLimit(s *explore.S) {
	v, err := deadline.WaitFor(s.Context(), time.Millisecond, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 7, nil
	})
	if v != 0 || !isJust(err, context.DeadlineExceeded) {
		s.Fail(2, "WaitFor(ctx, 1ms, fn that returns (7, nil) when its ctx is done)", show(v, err), show(0, context.DeadlineExceeded))
	}
}

func TestContextDone(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, end := range endings {
		for _, late := range lateFunctions {
			probe.Bubble(t, func(t *testing.T) {
				after := time.Duration(1 + r.Int64N(int64(5*time.Second)))
				ctx, cancel := end.context(t.Context(), after)
				defer cancel()
				got := waitFor(ctx, far, late.fn(1+r.IntN(1000), nil))
				call := fmt.Sprintf("WaitFor(ctx that %s after %v, %v, fn that %s)", end.does, after, far, late.does)
				got.want(t, 3, call, after, end.err)
			})
		}
	}
	probe.Bubble(t, withCause)
	probe.Bubble(t, oneInAnother)
}

// withCause has ctx cancelled with the cause that stands for a limit elsewhere, as
// that of a WaitFor around this one may be: it is ctx that has ended. The error may
// tell the cause, too.
func withCause(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(time.Second, func() { cancel(context.DeadlineExceeded) })
	got := waitFor(ctx, far, lateFunctions[0].fn(7, nil))
	if got.value != 0 || !errors.Is(got.err, context.Canceled) {
		call := fmt.Sprintf("WaitFor(ctx that is cancelled after 1s with the cause context.DeadlineExceeded, %v, fn that %s)", far, lateFunctions[0].does)
		probe.Fail(t, 3, call, show(got.value, got.err), show(0, context.Canceled))
	}
}

// ctx is cancelled at any moment of a call. fn returns only because of that, so
// what it returns is late in every order of steps.
func TestCancelledAtAnyMoment(t *testing.T) {
	probe.Check(t)
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(s.Context())
		var got outcome
		s.Go(func() {
			got.value, got.err = deadline.WaitFor(ctx, far, func(ctx context.Context) (int, error) {
				<-ctx.Done()
				return 7, nil
			})
		})
		s.Go(cancel)
		s.Wait()
		if got.value != 0 || !isJust(got.err, context.Canceled) {
			s.Fail(3, "WaitFor(ctx, limit, fn that returns (7, nil) when its ctx is done) while ctx is cancelled",
				show(got.value, got.err), "(0, ctx.Err())")
		}
	})
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancelCause(s.Context())
		var got outcome
		s.Go(func() {
			got.value, got.err = deadline.WaitFor(ctx, far, func(context.Context) (int, error) { return 7, nil })
		})
		s.Go(func() { cancel(errors.New("the reader left")) })
		s.Wait()
		inTime := got.value == 7 && got.err == nil
		if done := got.value == 0 && isJust(got.err, context.Canceled); !inTime && !done {
			s.Fail(3, "WaitFor(ctx, limit, fn that returns (7, nil) at once) while ctx is cancelled",
				show(got.value, got.err), "(7, nil) or (0, ctx.Err())")
		}
	})
}

// fn's context carries the caller's values, ends with the caller's, at the limit
// and at the return, and not before.
func TestContextOfFn(t *testing.T) {
	probe.Check(t)
	secret := 1 + probe.Rand(t).IntN(1000)
	for _, c := range []struct {
		limit, takes time.Duration
		failure      error         // of fn
		after        time.Duration // the caller's context ends
		end          time.Duration // of fn's
	}{
		{far, time.Second, nil, 7 * time.Second, time.Second},
		{far, time.Second, errOfFn, 7 * time.Second, time.Second},
		{far, 90 * time.Minute, nil, 2 * time.Hour, 90 * time.Minute},
		{2 * time.Second, 5 * time.Second, nil, 7 * time.Second, 2 * time.Second},
		{far, 5 * time.Second, nil, 3 * time.Second, 3 * time.Second},
		{math.MaxInt64, time.Second, nil, 7 * time.Second, time.Second}, // as good as no limit
	} {
		for _, end := range endings {
			probe.Bubble(t, func(t *testing.T) {
				ctx, cancel := end.context(context.WithValue(t.Context(), key{}, secret), c.after)
				defer cancel()
				call := fmt.Sprintf("WaitFor(ctx that %s after %v, %v, fn that returns %s after %v)", end.does, c.after, c.limit, describe(c.failure), c.takes)
				wantContextOfFn(ctx, t, call, c.limit, pause(c.takes, c.failure), c.end, secret)
			})
		}
	}
	if !t.Failed() {
		explore.Run(t, doneByThen, explore.Schedules(100))
	}
}

func TestNotCalled(t *testing.T) {
	probe.Check(t)
	for _, end := range endings {
		for _, limit := range []time.Duration{far, 0, -time.Second} {
			probe.Bubble(t, func(t *testing.T) {
				ctx, cancel := end.context(t.Context(), time.Second)
				defer cancel()
				<-ctx.Done()
				wantNotCalled(ctx, t, 3, "ctx that is done, since it "+end.does, limit, end.err)
			})
		}
	}
	for _, limit := range []time.Duration{0, -1, -time.Hour} {
		probe.Bubble(t, func(t *testing.T) {
			wantNotCalled(probe.Foreign(t.Context()), t, 4, "ctx", limit, context.DeadlineExceeded)
		})
	}
}

func wantNotCalled(ctx context.Context, t *testing.T, contract int, what string, limit time.Duration, err error) {
	t.Helper()
	var calls probe.Gauge
	got := waitFor(ctx, limit, func(context.Context) (int, error) {
		calls.Enter()
		return 7, nil
	})
	call := fmt.Sprintf("WaitFor(%s, %v, fn)", what, limit)
	got.want(t, contract, call, 0, err)
	time.Sleep(time.Minute)
	probe.Equal(t, contract, "calls of fn by "+call, calls.Total(), 0)
}

// Calls that overlap have nothing to do with each other: half of them end in
// time, half are late.
func TestManyCalls(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		probe.Parallel(t, 200, func(i int) {
			takes := time.Second
			if i%2 == 1 {
				takes = 3 * time.Second
			}
			v, err := deadline.WaitFor(t.Context(), 2*time.Second, func(context.Context) (int, error) {
				time.Sleep(takes)
				return i + 1, nil
			})
			switch {
			case takes == time.Second && (v != i+1 || err != nil):
				probe.Fail(t, 1, "one of 200 overlapping calls, fn in time", show(v, err), show(i+1, nil))
			case takes != time.Second && (v != 0 || err == nil): // which error is another check's
				probe.Fail(t, 2, "one of 200 overlapping calls, fn late", show(v, err), show(0, context.DeadlineExceeded))
			}
		})
	})
}

func TestNilFnPanics(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		probe.WantPanic(t, 5, "WaitFor(ctx, 1s, nil)", func() { _, _ = deadline.WaitFor[int](t.Context(), time.Second, nil) })
	})
}

// key is that of the value which tests put into contexts.
type key struct{}

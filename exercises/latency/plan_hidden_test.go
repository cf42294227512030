//go:build hidden

package latency_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/latency"
)

// far is longer than goroutines are given to end: whoever sleeps that long
// after a call is found.
const far = 5 * time.Hour

// script is what a replica does.
type script struct {
	takes time.Duration
	ok    bool
}

// plan is a call of Hedged.
type plan struct {
	patience time.Duration
	scripts  []script
}

func (p plan) String() string {
	text := fmt.Sprintf("Hedged(ctx, %v", p.patience)
	for _, s := range p.scripts {
		does := "fails"
		if s.ok {
			does = "succeeds"
		}
		text += fmt.Sprintf(", one that %s after %v", does, s.takes)
	}
	return text + ")"
}

// outcome is what the contract wants of a plan.
type outcome struct {
	calls  []time.Duration // when each replica is called
	winner int             // -1: all fail
	took   time.Duration
}

// outcome plays the plan, event by event.
func (p plan) outcome() outcome {
	o := outcome{calls: []time.Duration{0}}
	ended := make([]bool, len(p.scripts))
	for {
		next, at := -1, time.Duration(0) // the replica that ends first
		for i, called := range o.calls {
			if end := called + p.scripts[i].takes; !ended[i] && (next < 0 || end < at) {
				next, at = i, end
			}
		}
		more := len(o.calls) < len(p.scripts)
		overdue := o.calls[len(o.calls)-1] + p.patience
		switch {
		case more && (next < 0 || overdue < at):
			o.calls = append(o.calls, overdue)
			continue
		case next < 0:
			o.winner = -1
			return o
		}
		ended[next], o.took = true, at
		if p.scripts[next].ok {
			o.winner = next
			return o
		}
		if more {
			o.calls = append(o.calls, at)
		}
	}
}

// happened is what came of a call, and when.
type happened struct {
	value    int
	err      error
	errs     []error // of the replicas
	calls    probe.Log[string]
	took     time.Duration
	replicas []replica // after the call
}

// call makes the call, in a bubble, and gives late replicas time to end.
func (p plan) call(ctx context.Context) *happened {
	start, h := time.Now(), new(happened)
	for i, s := range p.scripts {
		err := fmt.Errorf("replica %d", i)
		h.errs = append(h.errs, err)
		h.replicas = append(h.replicas, func(context.Context) (int, error) {
			h.calls.Add(fmt.Sprint(i+1, " at ", time.Since(start)))
			time.Sleep(s.takes)
			if s.ok {
				return i + 1, nil
			}
			return 0, err
		})
	}
	h.value, h.err = latency.Hedged(ctx, p.patience, h.replicas...)
	h.took = time.Since(start)
	time.Sleep(far)
	return h
}

// untouched says whether each replica still has its place in the caller's slice:
// it says its number when it is called.
func (h *happened) untouched() bool {
	for i, r := range h.replicas {
		if r == nil {
			return false
		}
		before := h.calls.Len()
		_, _ = r(context.Background())
		mine := func(call string) bool { return strings.HasPrefix(call, fmt.Sprint(i+1, " at ")) }
		if !slices.ContainsFunc(h.calls.All()[before:], mine) {
			return false
		}
	}
	return true
}

// follow makes the call and compares what happens, and when, with what should.
func (p plan) follow(t *testing.T) {
	t.Helper()
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		want, got := p.outcome(), p.call(t.Context())
		if want.winner >= 0 {
			shown := fmt.Sprint(got.value, ", ", probe.ErrorName(got.err))
			probe.Equal(t, 2, fmt.Sprintf("value and error of %v", p), shown, fmt.Sprint(want.winner+1, ", nil"))
		} else {
			p.wantJoined(t, got)
		}
		probe.Equal(t, 2, fmt.Sprintf("time of %v", p), got.took, want.took)
		var called []string
		for i, at := range want.calls {
			called = append(called, fmt.Sprint(i+1, " at ", at))
		}
		probe.Equal(t, 2, fmt.Sprintf("calls of replicas by %v", p), fmt.Sprint(got.calls.All()), fmt.Sprint(called))
		if !got.untouched() {
			probe.Failf(t, 4, "Hedged changed the slice of replicas that it was given")
		}
	})
}

// allFail makes the call of a plan without a winner and looks at the error alone:
// when it comes is TestWhenCalled's concern.
func (p plan) allFail(t *testing.T) {
	t.Helper()
	if !t.Failed() {
		probe.Bubble(t, func(t *testing.T) { p.wantJoined(t, p.call(t.Context())) })
	}
}

func (p plan) wantJoined(t *testing.T, got *happened) {
	t.Helper()
	if !joins(got.err, got.errs) {
		probe.Failf(t, 3, "the error of %v does not join those of all its replicas", p)
	}
}

// joins says whether every one of errs is in err.
func joins(err error, errs []error) bool {
	for _, e := range errs {
		if !errors.Is(err, e) {
			return false
		}
	}
	return err != nil
}

// errOwn is what replicas give that are interrupted: not their context's error.
var errOwn = errors.New("connection reset")

// failing is a replica that fails at once.
func failing(err error) replica {
	return func(context.Context) (int, error) { return 0, err }
}

// cancelled ends ctx, with a cause, while replicas wait. Those that are not deaf
// fail at that moment, which is no reason to call another one.
func cancelled(t *testing.T, after time.Duration, deaf bool, n int) {
	t.Helper()
	does := "fail when their context is done"
	if deaf {
		does = "ignore their context"
	}
	call := fmt.Sprintf("Hedged(ctx, 1s, replicas...), %d that %s, with ctx cancelled after %v", n, does, after)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		stop := func() { cancel(errors.New("the user has left")) }
		if after == 0 {
			stop()
		} else {
			time.AfterFunc(after, stop)
		}
		var calls probe.Gauge
		waits := func(ctx context.Context) (int, error) {
			calls.Enter()
			if deaf {
				time.Sleep(time.Hour)
			} else {
				<-ctx.Done()
			}
			return 0, errOwn
		}
		var err error
		took := probe.Elapsed(func() { _, err = latency.Hedged(ctx, time.Second, slices.Repeat([]replica{waits}, n)...) })
		time.Sleep(far)
		want := 0
		if after > 0 {
			want = min(1+int(after/time.Second), n)
		}
		probe.Equal(t, 3, "error of "+call, probe.ErrorName(err), "context.Canceled")
		probe.Equal(t, 3, "time of "+call, took, after)
		probe.Equal(t, 3, "calls of replicas by "+call, calls.Total(), want)
	})
}

// endsWithCtx has a replica that fails because ctx is done, and others behind it: in
// no order of the steps is one of them called, or the failure more than ctx's own.
func endsWithCtx(others int) func(*explore.S) {
	return func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		replicas := []replica{func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, errOwn
		}}
		var more probe.Gauge
		for range others {
			replicas = append(replicas, func(context.Context) (int, error) {
				more.Enter()
				return 1, nil
			})
		}
		s.Go(func() {
			_, err := latency.Hedged(ctx, far, replicas...)
			if probe.ErrorName(err) != "context.Canceled" {
				s.Fail(3, fmt.Sprintf("error of Hedged whose first of %d replicas fails because ctx is cancelled", len(replicas)), probe.ErrorName(err), "context.Canceled")
			}
		})
		s.Go(cancel)
		s.Wait()
		if more.Total() > 0 {
			s.Fail(3, "calls of the second replica after ctx was cancelled and the first one failed of that", more.Total(), 0)
		}
	}
}

// anyMoment cancels ctx at any moment of a call whose second replica succeeds.
func anyMoment(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.Go(func() {
		got, err := latency.Hedged(ctx, far,
			func(context.Context) (int, error) { return 0, errOwn },
			func(context.Context) (int, error) { return 7, nil })
		if won := got == 7 && err == nil; !won && probe.ErrorName(err) != "context.Canceled" {
			s.Fail(3, "Hedged with ctx cancelled at some moment", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil, or context.Canceled")
		}
	})
	s.Go(cancel)
	s.Wait()
}

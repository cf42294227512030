//go:build hidden

package latency_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/latency"
)

type key struct{}

// nobodyFollows has a context that package context does not know: a goroutine follows
// it until those that were derived for the replicas are cancelled, when all have failed
// or the last one has won. Bubble finds it.
func nobodyFollows(t *testing.T) {
	for _, last := range []replica{failing(errOwn), answer(7, time.Minute)} {
		_, _ = latency.Hedged(probe.Foreign(t.Context()), time.Second, failing(errOwn), last)
	}
}

// several is an error that cannot be compared.
type several []error

func (s several) Error() string   { return "several errors" }
func (s several) Unwrap() []error { return s }

// refusal is an error that errors.Is takes for any other refusal.
type refusal struct{ error }

func (r refusal) Unwrap() error        { return r.error }
func (r refusal) Is(target error) bool { _, ok := target.(refusal); return ok }

// sameKind has two replicas fail in the same way, each for a reason of its own.
func sameKind(t *testing.T) {
	reasons := []error{errors.New("full"), errors.New("closed")}
	_, err := latency.Hedged(t.Context(), time.Second, failing(refusal{reasons[0]}), failing(refusal{reasons[1]}))
	if !joins(err, reasons) {
		probe.Failf(t, 3, "the error of Hedged does not join those of its two replicas: two of one kind, for errors.Is, each of which wraps an error of its own")
	}
}

// nothing has a replica succeed with nil, and a late one with something of another
// type.
func nothing(t *testing.T) {
	got, err := latency.Hedged(t.Context(), time.Second,
		func(context.Context) (any, error) {
			time.Sleep(time.Minute)
			return "late", nil
		},
		func(context.Context) (any, error) { return nil, nil })
	time.Sleep(time.Hour)
	if got != nil || err != nil {
		probe.Fail(t, 2, "Hedged[any] whose second replica succeeds with nil", fmt.Sprintf("%T, %s", got, probe.ErrorName(err)), "nil, nil")
	}
}

// errorAsValue has a replica succeed with an error as its value: what failed says the
// second result alone.
func errorAsValue(t *testing.T) {
	got, err := latency.Hedged(t.Context(), time.Second, func(context.Context) (error, error) { return errOwn, nil })
	if got != errOwn || err != nil {
		shown := fmt.Sprint(probe.ErrorName(got), ", ", probe.ErrorName(err))
		probe.Fail(t, 2, "Hedged[error] whose only replica succeeds with an error as its value", shown, "that error, nil")
	}
}

// tooLate has a deadline that has passed before.
func tooLate(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	_, err := latency.Hedged(ctx, time.Second, answer(7, time.Second))
	probe.Equal(t, 3, "error of Hedged with a ctx whose deadline has passed", probe.ErrorName(err), "context.DeadlineExceeded")
}

// late keeps the slow replicas busy until hedged has returned. Each has a
// goroutine, which ends with it; Bubble finds those that never end.
func late(t *testing.T, when string, contract int, hedged func(*testing.T, replica), calls int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		hedged(t, func(context.Context) (int, error) {
			gate.Pass()
			return 1, errOwn
		})
		probe.Equal(t, contract, "calls of slow replicas when "+when, gate.Inside(), calls)
		gate.Open()
		probe.NoneLeft(t, "the replicas that Hedged called when "+when)
	})
}

// untold fails t: those who were called, besides one that failed and the one that won,
// are not the 4 losers, or not all of their contexts were done at the moment of that.
func untold(t *testing.T, told []time.Duration, called int, wins time.Duration) {
	t.Helper()
	if called != 4 {
		probe.Failf(t, 2, "besides one that failed and the one that won, Hedged called %d replicas, not 4", called)
		return
	}
	then := len(slices.DeleteFunc(told, func(at time.Duration) bool { return at != wins }))
	probe.Failf(t, 2, "a replica won after %v: of the contexts of the 4 losers, %d were done at that moment, not all", wins, then)
}

// failsWhileAnotherRuns has two replicas run, of which one fails: its goroutine ends
// then, not when the other one does.
func failsWhileAnotherRuns(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = latency.Hedged(t.Context(), time.Second,
			func(context.Context) (int, error) {
				time.Sleep(time.Minute)
				return 0, errOwn
			}, answer(7, time.Hour))
	}()
	time.Sleep(30 * time.Second)
	both := len(probe.Leaked())
	time.Sleep(time.Minute)
	if len(probe.Leaked()) >= both {
		probe.Failf(t, 2, "the goroutine of a replica that has failed is still there while Hedged waits for another one")
	}
	<-done
}

// toldByThen has a replica lose that runs on: its context is done when Hedged has
// returned, and not a moment later.
func toldByThen(s *explore.S) {
	var given probe.Log[context.Context]
	_, _ = latency.Hedged(s.Context(), time.Second,
		func(ctx context.Context) (int, error) { given.Add(ctx); <-ctx.Done(); return 0, errOwn },
		func(context.Context) (int, error) { return 7, nil })
	for _, ctx := range given.All() {
		if ctx.Err() == nil {
			s.Failf(2, "the context of a replica that has lost is not done yet when Hedged has returned")
		}
	}
}

// nilReplica has one of the replicas be nil, whichever it is. The first of them comes
// last: who finds it too late would call it. Bubble finds a goroutine that still follows
// ctx.
func nilReplica(t *testing.T) {
	ctx := probe.Foreign(t.Context())
	var calls probe.Gauge
	good := func(context.Context) (int, error) {
		calls.Enter()
		return 1, nil
	}
	for i := 3; i >= 0; i-- {
		replicas := slices.Repeat([]replica{good}, 4)
		replicas[i] = nil
		if !t.Failed() { // else a goroutine may call nil
			probe.WantPanic(t, 4, fmt.Sprintf("Hedged(ctx, 1s, four replicas, of which number %d is nil)", i+1), func() { _, _ = latency.Hedged(ctx, time.Second, replicas...) })
		}
	}
	synctest.Wait()
	probe.Equal(t, 4, "calls of replicas by Hedged, each time with four of which one is nil", calls.Total(), 0)
}

// callersSlice has two calls share a slice of replicas, which none of them may write.
func callersSlice(t *testing.T) {
	replicas := []replica{answer(1, time.Minute), answer(7, time.Second), answer(2, time.Minute)}
	probe.Parallel(t, 2, func(int) {
		got, err := latency.Hedged(t.Context(), 2*time.Second, replicas...)
		probe.Equal(t, 2, "one of two calls at once with one slice of replicas, of which the second wins", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
	})
}

// failTogether has the last of n replicas take the others with it when it fails: as
// many more are called at that moment, whichever failure comes in first.
func failTogether(n int) func(*explore.S) {
	return func(s *explore.S) {
		start := time.Now()
		gone := make(chan struct{})
		fails := func(context.Context) (int, error) { <-gone; return 0, errOwn }
		takesThemWithIt := func(context.Context) (int, error) { close(gone); return 0, errOwn }
		succeeds := func(context.Context) (int, error) { return 7, nil }
		waits := func(ctx context.Context) (int, error) { <-ctx.Done(); return 0, errOwn }
		replicas := append(slices.Repeat([]replica{fails}, n-1), takesThemWithIt)
		replicas = append(replicas, slices.Repeat([]replica{waits}, n-1)...)
		got, err := latency.Hedged(s.Context(), time.Second, append(replicas, succeeds)...)
		call := fmt.Sprintf("Hedged(ctx, 1s, %d that fail at the same moment, %d that wait, one that succeeds at once)", n, n-1)
		want := fmt.Sprintf("7, nil after %ds", n-1)
		if shown := fmt.Sprint(got, ", ", probe.ErrorName(err), " after ", time.Since(start)); shown != want {
			s.Fail(2, call, shown, want)
		}
	}
}

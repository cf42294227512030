//go:build hidden

package latency_test

import (
	"context"
	"fmt"
	"testing"
	"time"

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
		probe.NoneLeft(t, 2, "the replicas that Hedged called when "+when)
	})
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

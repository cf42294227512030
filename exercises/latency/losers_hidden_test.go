//go:build hidden

package latency_test

import (
	"context"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/latency"
)

type key struct{}

// allLose has a context that package context does not know: a goroutine follows it
// until the one that was derived for the replicas is cancelled.
func allLose(t *testing.T) {
	_, _ = latency.Hedged(probe.Foreign(t.Context()), time.Second, failing(errOwn), failing(errOwn))
	if len(probe.Leaked()) > 0 {
		probe.Failf(t, 2, "all replicas have failed and Hedged has returned, but a goroutine still waits for their context to be cancelled")
	}
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

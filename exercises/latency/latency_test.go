package latency_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/latency"
)

// TestTable takes its figures from the table of the course notes: a packet that
// crosses the ocean and comes back, one within a data centre, and no distance at all.
func TestTable(t *testing.T) {
	probe.Check(t)
	const compress = 3 * time.Microsecond
	probe.Equal(t, 1, "InFlight(150ms, 3µs)", latency.InFlight(150*time.Millisecond, compress), 50_001)
	probe.Equal(t, 1, "InFlight(500µs, 3µs)", latency.InFlight(500*time.Microsecond, compress), 168)
	probe.Equal(t, 1, "InFlight(0, 3µs)", latency.InFlight(0, compress), 1)
}

// TestSecondIsFaster asks a replica that is overloaded, and after 10 ms another
// one. The clock is virtual, so a millisecond is exact and costs nothing.
func TestSecondIsFaster(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var got string
		var err error
		took := probe.Elapsed(func() {
			got, err = latency.Hedged(t.Context(), 10*time.Millisecond,
				answer("from California", 150*time.Millisecond),
				answer("from next door", 20*time.Millisecond))
		})
		probe.Equal(t, 2, "value of Hedged(ctx, 10ms, one of 150ms, one of 20ms)", got, "from next door")
		probe.Equal(t, 2, "error of Hedged(ctx, 10ms, one of 150ms, one of 20ms)", probe.ErrorName(err), "nil")
		probe.Equal(t, 2, "time of Hedged(ctx, 10ms, one of 150ms, one of 20ms)", took, 30*time.Millisecond)
	})
}

// TestBothFail has a replica that fails at once: nobody need be patient with it.
func TestBothFail(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		refused, broken := errors.New("refused"), errors.New("broken")
		var err error
		took := probe.Elapsed(func() {
			_, err = latency.Hedged(t.Context(), 10*time.Millisecond,
				func(context.Context) (int, error) { return 0, refused },
				func(context.Context) (int, error) { return 0, broken })
		})
		probe.Equal(t, 3, "errors of both replicas are in that of Hedged",
			fmt.Sprint(errors.Is(err, refused), errors.Is(err, broken)), "true true")
		probe.Equal(t, 2, "time of Hedged when both replicas fail at once", took, 0)
	})
}

// TestLosersAreTold looks at the context of a replica that was too slow.
func TestLosersAreTold(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var loser probe.Log[context.Context]
		got, _ := latency.Hedged(t.Context(), 10*time.Millisecond,
			func(ctx context.Context) (string, error) {
				loser.Add(ctx)
				return answer("slow", time.Second)(ctx)
			},
			answer("fast", time.Millisecond))
		probe.Equal(t, 2, "value of Hedged(ctx, 10ms, one of 1s, one of 1ms)", got, "fast")
		if !probe.Equal(t, 2, "calls of the slow replica", loser.Len(), 1) {
			return
		}
		probe.Equal(t, 2, "error of the loser's context after Hedged", probe.ErrorName(loser.All()[0].Err()), "context.Canceled")
	})
}

// answer is a replica that gives value after some time, or its context's error.
func answer[T any](value T, after time.Duration) func(context.Context) (T, error) {
	return func(ctx context.Context) (T, error) {
		select {
		case <-time.After(after):
			return value, nil
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
	}
}

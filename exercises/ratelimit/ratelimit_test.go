package ratelimit_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/ratelimit"
)

// TestBurst empties a bucket of three tokens. The clock is virtual: half a second
// is exact, and costs nothing.
func TestBurst(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := ratelimit.New(2, 3)
		for range 3 {
			probe.Equal(t, 1, "Allow() with tokens in the bucket", l.Allow(), true)
		}
		probe.Equal(t, 1, "Allow() after 3 of 3 tokens", l.Allow(), false)
		time.Sleep(501 * time.Millisecond)
		probe.Equal(t, 1, "Allow() half a second later, at 2 tokens a second", l.Allow(), true)
		probe.Equal(t, 1, "Allow() right after it", l.Allow(), false)
	})
}

// TestScraper sends 3600 requests at 3600 an hour.
func TestScraper(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := ratelimit.New(1, 1)
		took := probe.Elapsed(func() {
			for range 3600 {
				if err := l.Wait(t.Context()); err != nil {
					probe.Fail(t, 2, "Wait(ctx)", probe.ErrorName(err), "nil")
					return
				}
			}
		})
		probe.Equal(t, 3, "time of 3600 Waits at 1 a second, whole seconds", took.Round(time.Second), 3599*time.Second)
	})
}

// TestInLine has three wait for a token; the second one loses patience.
func TestInLine(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := ratelimit.New(1, 1)
		probe.Equal(t, 1, "Allow() of a full bucket", l.Allow(), true)
		impatient, cancel := context.WithCancel(t.Context())
		time.AfterFunc(1500*time.Millisecond, cancel)

		first, second, third := begin(t.Context(), l), begin(impatient, l), begin(t.Context(), l)
		time.Sleep(time.Minute)

		first.gave(t, "the first Wait in line", "nil", 1*time.Second)
		second.gave(t, "the second one, cancelled after 1.5s", "context.Canceled", 1500*time.Millisecond)
		third.gave(t, "the third one, which moves up", "nil", 2*time.Second)
	})
}

// TestHopeless has a deadline that comes before the token.
func TestHopeless(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := ratelimit.New(1, 1)
		probe.Equal(t, 1, "Allow() of a full bucket", l.Allow(), true)
		ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
		defer cancel()
		w := begin(ctx, l)
		time.Sleep(time.Minute)
		w.gave(t, "Wait with a deadline in 0.7s, the token due in 1s", "context.DeadlineExceeded", 0)
	})
}

// waiter is a Wait on a goroutine of its own.
type waiter struct {
	err   error
	took  time.Duration
	ended bool
}

// begin has Wait called, and returns when it stands in line.
func begin(ctx context.Context, l *ratelimit.Limiter) *waiter {
	w := &waiter{}
	start := time.Now()
	go func() {
		w.err = l.Wait(ctx)
		w.took, w.ended = time.Since(start), true
	}()
	synctest.Wait()
	return w
}

// gave fails t unless the Wait has ended, with that error, after took.
func (w *waiter) gave(t *testing.T, call, err string, took time.Duration) {
	t.Helper()
	synctest.Wait()
	switch {
	case !w.ended:
		probe.Fail(t, 2, call, "still waiting", fmt.Sprintf("%s after %v", err, took))
	case probe.ErrorName(w.err) != err || !near(w.took, took):
		probe.Fail(t, 2, call, fmt.Sprintf("%s after %v", probe.ErrorName(w.err), w.took), fmt.Sprintf("%s after %v", err, took))
	}
}

// near says whether two times are the same within a microsecond.
func near(a, b time.Duration) bool { return (a - b).Abs() <= time.Microsecond }

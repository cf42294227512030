//go:build hidden

package executor_test

import (
	"context"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

func closeIdle(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(3)
		for range 3 {
			if !closing(e).returned() {
				probe.Failf(t, 4, "Close of an executor that has nothing to do does not return")
				return
			}
			gone(t)
			refused(t, e)
		}
	})
}

// refused calls Run on e after Close has been called.
func refused(t *testing.T, e *executor.Executor) {
	t.Helper()
	var ran probe.Log[int]
	begin(t.Context(), e, value(&ran, 1)).failed(t, 4, "Run(ctx, e, fn) after Close", "ErrClosed")
	probe.Equal(t, 4, "number of times that Run calls fn after Close", ran.Len(), 0)
}

// gone fails t when Close has returned before the executor's goroutines have
// ended. Those that never end are for Bubble to report.
func gone(t *testing.T) {
	t.Helper()
	if left := len(probe.Leaked()); left > 0 {
		time.Sleep(time.Minute)
		if len(probe.Leaked()) < left {
			probe.Failf(t, 4, "Close returned before the executor's goroutines ended")
		}
	}
}

func closeBusy(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e, first, gate := held(t)
		var ran probe.Log[int]
		second := begin(t.Context(), e, value(&ran, 2))
		ctx, cancel := context.WithCancel(t.Context())
		impatient := begin(ctx, e, value(&ran, 3))
		probe.Equal(t, 1, "a Run in line has returned", second.returned() || impatient.returned(), false)
		closes := []*call{closing(e), closing(e), closing(e)}
		for _, c := range closes {
			probe.Equal(t, 4, "Close has returned while a function runs and another is in line", c.returned(), false)
		}
		refused(t, e)
		probe.Equal(t, 4, "a Run in line has returned because of Close", second.returned(), false)
		cancel()
		impatient.failed(t, 2, "a Run in line whose ctx is cancelled after Close was called", "context.Canceled")
		gate.Open()
		first.gave(t, 4, "the Run whose function ran during Close", 1)
		second.gave(t, 4, "the Run that was in line during Close", 2)
		for _, c := range closes {
			probe.Equal(t, 4, "Close has returned after all work is done", c.returned(), true)
		}
		probe.Equal(t, 4, "a later Close has returned", closing(e).returned(), true)
	})
}

// closeAbandoned closes while a function runs that nobody waits for.
func closeAbandoned(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e, gate := executor.New(2), probe.NewGate()
		ctx, cancel := context.WithCancel(t.Context())
		run := begin(ctx, e, func(context.Context) (int, error) {
			gate.Pass()
			return 1, nil
		})
		probe.Equal(t, 1, "functions running of New(2) after one Run", gate.Inside(), 1)
		cancel()
		run.failed(t, 2, "a Run whose ctx is cancelled while fn runs", "context.Canceled")
		c := closing(e)
		probe.Equal(t, 4, "Close has returned while an abandoned function runs", c.returned(), false)
		gate.Open()
		probe.Equal(t, 4, "Close has returned after the abandoned function ended", c.returned(), true)
		gone(t)
	})
}

//go:build hidden

package executor_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

func closeIdle(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(3)
		ctx := probe.Foreign(t.Context()) // what is left to follow it shows as a goroutine
		begin(ctx, e, func(context.Context) (int, error) { return 1, nil }).gave(t, 2, "Run", 1)
		begin(ctx, e, func(context.Context) (int, error) { return 0, errWork }).failed(t, 2, "a Run whose function fails", "the function's error")
		for range 3 {
			if !closing(e).returned() {
				probe.Failf(t, 4, "Close of an executor that has nothing to do does not return at once")
				return
			}
			probe.NoneLeft(t, "Close")
			refused(t, e)
		}
	})
}

// refused calls Run on e after Close has been called.
func refused(t *testing.T, e *executor.Executor) {
	t.Helper()
	var ran probe.Log[int]
	ctx := probe.Foreign(t.Context()) // what is left to follow it shows as a goroutine
	begin(ctx, e, value(&ran, 1)).failed(t, 4, "Run(ctx, e, fn) after Close", "ErrClosed")
	probe.Equal(t, 4, "number of times that Run calls fn after Close", ran.Len(), 0)
}

func closeBusy(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e, first, gate := held(t, 1)
		var ran probe.Log[int]
		second := begin(probe.Foreign(t.Context()), e, value(&ran, 2))
		ctx, cancel := context.WithCancel(t.Context())
		impatient := begin(ctx, e, value(&ran, 3))
		for _, inLine := range []*call{second, impatient} {
			inLine.waits(t, 1, "a Run that waits in line has returned before a place came free")
		}
		closes := []*call{closing(e), closing(e), closing(e)}
		for _, c := range closes {
			c.waits(t, 4, "Close has returned while a function was running and another one was in line")
		}
		refused(t, e)
		second.waits(t, 4, "a Run that was in line when Close was called has returned before its turn came")
		cancel()
		impatient.failed(t, 2, "a Run in line whose ctx is cancelled after Close was called", "context.Canceled")
		gate.Open()
		first.gave(t, 4, "the Run whose function ran during Close", 1)
		second.gave(t, 4, "the Run that was in line during Close", 2)
		for _, c := range closes {
			c.ends(t, 4, "Close has not returned although all work is done")
		}
		closing(e).ends(t, 4, "Close of an executor that is closed already does not return")
	})
}

// abandoned is an executor of two workers, one of which runs, until open, a
// function that nobody waits for any more.
func abandoned(t *testing.T) (e *executor.Executor, gate *probe.Gate) {
	t.Helper()
	e, gate = executor.New(2), probe.NewGate()
	ctx, cancel := context.WithCancel(t.Context())
	run := begin(ctx, e, func(context.Context) (int, error) {
		gate.Pass()
		return 1, nil
	})
	probe.Equal(t, 1, "functions running of New(2) after one Run", gate.Inside(), 1)
	cancel()
	run.failed(t, 2, "a Run whose ctx is cancelled while fn runs", "context.Canceled")
	return e, gate
}

func closeAbandoned(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e, gate := abandoned(t)
		c := closing(e)
		c.waits(t, 4, "Close has returned while a function was running whose Run had been cancelled")
		gate.Open()
		c.ends(t, 4, "Close has not returned although the last function, whose Run had been cancelled, has ended")
		probe.NoneLeft(t, "Close")
	})
}

// closeLong closes while there is work for hours.
func closeLong(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e := executor.New(1)
		for range 2 {
			begin(t.Context(), e, anHour)
		}
		synctest.Wait()
		c := closing(e)
		<-c.done
		probe.Equal(t, 4, "time of Close of New(1) with 2 functions of an hour left", c.took, 2*time.Hour)
	})
}

// closeLine closes while functions are in line, which go on to have two places.
func closeLine(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		e, gate := abandoned(t)
		const inLine = 5
		var ended probe.Gauge
		for range inLine {
			begin(t.Context(), e, func(context.Context) (int, error) {
				time.Sleep(time.Second)
				ended.Enter()
				return 0, nil
			})
		}
		synctest.Wait()
		c := closing(e)
		c.waits(t, 4, "Close has returned while functions were in line")
		gate.Open()
		<-c.done
		if probe.Equal(t, 4, "functions that have ended, of those in line, when Close returns", ended.Total(), inLine) {
			call := fmt.Sprintf("time of Close of New(2) with %d functions of 1 s left, when an abandoned one ends at once", inLine)
			probe.Equal(t, 1, call, c.took, 3*time.Second)
		}
	})
}

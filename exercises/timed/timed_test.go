package timed_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/timed"
)

// Two calls of one timed function: what comes back, and what is reported. The
// clock is virtual, so that 1.78 s is exactly that and costs no time at all.
func TestTwoCalls(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var reports []timed.Report
		count := timed.Timed("cpu_bound_work",
			func(r timed.Report) { reports = append(reports, r) },
			func(context.Context) (int, error) {
				time.Sleep(1780 * time.Millisecond)
				return 100_000_000, nil
			})
		if count == nil {
			probe.Fail(t, 1, "Timed(...)", "nil", "a function")
			return
		}
		for range 2 {
			counter, err := count(t.Context())
			probe.Equal(t, 1, "counter of count(ctx)", counter, 100_000_000)
			probe.Equal(t, 1, "err of count(ctx)", kind(err), "nil")
		}
		if !probe.Equal(t, 2, "reports after two calls", len(reports), 2) {
			return
		}
		for _, r := range reports {
			probe.Equal(t, 2, "Report.Name", r.Name, "cpu_bound_work")
			probe.Equal(t, 2, "Report.Elapsed", r.Elapsed, 1780*time.Millisecond)
			probe.Equal(t, 2, "Report.Err", kind(r.Err), "nil")
		}
	})
}

var errNoPage = errors.New("no such page")

// An error is reported and returned, both times as it is.
func TestAnError(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var reported error
		status := timed.Timed("get_status",
			func(r timed.Report) { reported = r.Err },
			func(context.Context) (int, error) { return 404, errNoPage })
		if status == nil {
			probe.Fail(t, 1, "Timed(...)", "nil", "a function")
			return
		}
		code, err := status(t.Context())
		probe.Equal(t, 1, "code of status(ctx)", code, 404)
		probe.Equal(t, 1, "err of status(ctx)", kind(err), "errNoPage")
		probe.Equal(t, 2, "Report.Err", kind(reported), "errNoPage")
	})
}

// kind is err's name in these tests. The error must come as it is, not wrapped.
func kind(err error) string {
	switch err {
	case nil:
		return "nil"
	case errNoPage:
		return "errNoPage"
	}
	return fmt.Sprintf("another error (a %T)", err)
}

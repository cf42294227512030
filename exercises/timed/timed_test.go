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
			sameError(t, 1, "err of count(ctx)", err, nil)
		}
		if !probe.Equal(t, 2, "reports after two calls", len(reports), 2) {
			return
		}
		for _, r := range reports {
			probe.Equal(t, 2, "Report.Name", r.Name, "cpu_bound_work")
			probe.Equal(t, 2, "Report.Elapsed", r.Elapsed, 1780*time.Millisecond)
			sameError(t, 2, "Report.Err", r.Err, nil)
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
		sameError(t, 1, "err of status(ctx)", err, errNoPage)
		sameError(t, 2, "Report.Err", reported, errNoPage)
	})
}

// same says whether a and b are the very same value.
func same(a, b any) bool { return a == b }

// sameError wants the very error, not one that says it is.
func sameError(t *testing.T, contract int, call string, got, want error) {
	t.Helper()
	switch {
	case same(got, want):
	case got != nil && want == nil:
		probe.Fail(t, contract, call, fmt.Sprintf("an error that is not nil (a %T)", got), "nil")
	case got != nil && got.Error() == want.Error():
		probe.Failf(t, contract, "%s is not the very error that fn returned, but another with the same text", call)
	default:
		probe.Fail(t, contract, call, name(got), name(want))
	}
}

func name(err error) string {
	if err == nil {
		return "nil"
	}
	return fmt.Sprintf("%q", err)
}

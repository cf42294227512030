//go:build hidden

package processes_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/processes"
)

// partOfSlice gives Map the first jobs of a longer slice: those behind them stay the
// caller's.
func partOfSlice(t *testing.T) {
	var w world
	w.fails(0, map[string]int{"job 1": 1})
	all := list(6)
	processes.Map(t.Context(), 2, w.Spawn, all[:3])
	probe.Equal(t, 1, "jobs as the caller has them after Map(ctx, 2, spawn, jobs[:3]), of which one fails once", strings.Join(all, ","), strings.Join(list(6), ","))
}

// killedAtFailure has a job fail twice, or a spawn, while the processes of others work, or
// have nothing more to do, and each Wait takes long: nobody is killed later than at that
// failure.
func killedAtFailure(t *testing.T) {
	t.Helper()
	for _, c := range []struct {
		when     string
		takes    time.Duration // a job of the others
		calls    int           // of job 0 that fail
		spawn    int           // the number of the one that fails, 0: none
		failures int           // in all
	}{
		{"a job failed for the second time while the others work", time.Hour, 2, 0, 2},
		{"a job failed for the second time while the others have done theirs", time.Millisecond, 2, 0, 2},
		{"a spawn failed while other processes worked", time.Hour, 0, 3, 1},
		{"a job failed, and then the spawn of another process while the others work", time.Hour, 1, 4, 2},
	} {
		probe.Bubble(t, func(t *testing.T) {
			var failed probe.Log[time.Time]
			failing := func(err error) (time.Duration, error) {
				failed.Add(time.Now().Add(time.Second))
				return time.Second, err
			}
			w := &world{wait: 3 * time.Second}
			w.call = func(job string) (time.Duration, error) {
				if job == "job 0" && failed.Len() < c.calls {
					return failing(errBroken)
				}
				return c.takes, nil
			}
			w.spawn = func(nth int) (time.Duration, error) {
				if nth == c.spawn {
					return failing(errSpawn)
				}
				return 0, nil
			}
			processes.Map(t.Context(), 3, w.Spawn, list(3))
			failures, late := failed.All(), 0
			if len(failures) != c.failures {
				return // which is said elsewhere
			}
			for _, at := range w.killed.All() {
				if at.After(failures[c.failures-1]) {
					late++
				}
			}
			if late > 0 {
				probe.Failf(t, 3, "%s, and %d processes were killed only later: all must be killed at that moment, before any Wait, which takes 3s here", c.when, late)
			}
		})
	}
}

// ownLimit has a process fail by a time limit of its own, once or twice, while ctx goes on:
// that is a failure like any other.
func ownLimit(t *testing.T) {
	for _, c := range []struct {
		what  string
		fails int
		want  string
	}{{"first Call fails", 1, "nil"}, {"first two Calls fail", 2, "context.DeadlineExceeded"}} {
		w := &world{}
		w.call = func(string) (_ time.Duration, err error) {
			if w.jobs.Len() <= c.fails {
				err = context.DeadlineExceeded
			}
			return time.Second, err
		}
		_, err := processes.Map(t.Context(), 1, w.Spawn, list(1))
		call := "Map(ctx, 1, spawn, [job 0]) whose " + c.what + " with context.DeadlineExceeded while ctx goes on"
		probe.Equal(t, 2, "error of "+call, kind(err), c.want)
		probe.Equal(t, 2, "number of Calls of "+call, w.jobs.Len(), 2)
	}
}

// countsCalls has a process that answers with the number of its Calls: each of two equal
// jobs has the answer of a Call of its own, whichever comes first.
func countsCalls(t *testing.T) {
	var calls probe.Gauge
	w := &world{call: takes(0), says: func(string) string { return fmt.Sprint(calls.Next()) }}
	got, _ := processes.Map(t.Context(), 1, w.Spawn, []string{"a", "a"})
	slices.Sort(got)
	if want := `["1" "2"]`; calls.Total() == 2 && fmt.Sprintf("%q", got) != want { // how many there are is another matter
		probe.Fail(t, 1, "results, sorted, of Map(ctx, 1, spawn, [a a]) whose process answers with the number of the Call", fmt.Sprintf("%q", got), want)
	}
}

// waitOfBroken replaces a broken process whose Wait gives an error.
func waitOfBroken(t *testing.T) {
	w := &world{waitGives: errWait}
	w.fails(0, map[string]int{"job 1": 1})
	_, err := processes.Map(t.Context(), 2, w.Spawn, list(4))
	if kind(err) == kind(errWait) { // another error is told elsewhere
		probe.Fail(t, 3, "error of Map when a job fails once and the Wait of the broken process gives an error", kind(err), "nil")
	}
}

// spawnWaits has a spawn that nothing ends but ctx.
func spawnWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	time.AfterFunc(time.Second, cancel)
	spawn := func(ctx context.Context) (processes.Process, error) {
		patience := time.NewTimer(time.Hour)
		defer patience.Stop()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-patience.C:
			return nil, errSpawn
		}
	}
	var err error
	took := probe.Elapsed(func() { _, err = processes.Map(ctx, 2, spawn, list(3)) })
	const call = "a Map that is cancelled after 1s while spawn waits for the end of the ctx that it gets"
	probe.Equal(t, 3, "time of "+call, took, time.Second)
	probe.Equal(t, 3, "error of "+call, kind(probe.OfContext(ctx, err)), "context.Canceled")
}

//go:build hidden

package processes_test

import (
	"context"
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

// killedAtSecondFailure has a job fail twice while the processes of others work, or
// have nothing more to do, and each Wait takes long: nobody is killed later than at the
// second failure.
func killedAtSecondFailure(t *testing.T) {
	t.Helper()
	for others, takes := range map[string]time.Duration{"work": time.Hour, "have done theirs": time.Millisecond} {
		probe.Bubble(t, func(t *testing.T) {
			var failed probe.Log[time.Time]
			w := &world{wait: 3 * time.Second, call: func(job string) (time.Duration, error) {
				if job != "job 0" {
					return takes, nil
				}
				failed.Add(time.Now().Add(time.Second))
				return time.Second, errBroken
			}}
			processes.Map(t.Context(), 3, w.Spawn, list(3))
			failures, late := failed.All(), 0
			if len(failures) != 2 {
				return // which is said elsewhere
			}
			for _, at := range w.killed.All() {
				if at.After(failures[1]) {
					late++
				}
			}
			if late > 0 {
				probe.Failf(t, 3, "a job failed for the second time while the others %s, and %d processes were killed only later: all must be killed at that moment, before any Wait, which takes 3s here", others, late)
			}
		})
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

//go:build hidden

package processes_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/processes"
)

// eachJobOnce has two processes take two jobs at the same time.
func eachJobOnce(s *explore.S) {
	var w world
	w.call = func(string) (time.Duration, error) { return 0, nil }
	got, err := processes.Map(s.Context(), 2, w.Spawn, list(2))
	done := w.jobs.All()
	slices.Sort(done)
	if want := list(2); !slices.Equal(done, want) {
		s.Fail(2, "jobs done by Map(ctx, 2, spawn, 2 jobs)", fmt.Sprint(done), fmt.Sprint(want))
	}
	if want := []string{answer("job 0"), answer("job 1")}; err != nil || !slices.Equal(got, want) {
		s.Fail(1, "results of Map(ctx, 2, spawn, 2 jobs)", fmt.Sprint(got), fmt.Sprint(want))
	}
}

// bothFail has two jobs fail twice, at the same time.
func bothFail(s *explore.S) {
	var w world
	w.call = func(string) (time.Duration, error) { return 0, errBroken }
	_, err := processes.Map(s.Context(), 2, w.Spawn, list(2))
	switch {
	case kind(err) != kind(errBroken):
		s.Fail(2, "error of a Map both of whose jobs fail twice", kind(err), kind(errBroken))
	case w.complaint() != "":
		s.Failf(3, "%s", w.complaint())
	}
}

// cancelMeetsSpawn cancels at any moment until a process works, which it would do
// for an hour.
func cancelMeetsSpawn(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var w world
	w.call = func(string) (time.Duration, error) { return time.Hour, nil }
	start := time.Now()
	var err error
	s.Go(func() { _, err = processes.Map(ctx, 1, w.Spawn, list(1)) })
	s.Go(cancel)
	s.Wait()
	switch {
	case kind(err) != "ctx's error" || time.Since(start) >= time.Hour:
		s.Fail(3, "error of a Map that is cancelled, and when it returns",
			fmt.Sprintf("%s after %v", kind(err), time.Since(start).Round(time.Second)), "ctx's error at once")
	case w.complaint() != "":
		s.Failf(3, "%s", w.complaint())
	}
}

// failsWhileOthersIdle has the jobs of two processes done when that of a third
// fails for the second time.
func failsWhileOthersIdle(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		w := world{call: func(job string) (time.Duration, error) {
			if job == "job 0" {
				return time.Second, errBroken
			}
			return time.Millisecond, nil
		}}
		var err error
		took := probe.Elapsed(func() { _, err = processes.Map(t.Context(), 3, w.Spawn, list(3)) })
		const call = "a Map with 3 processes, one of whose 3 jobs takes 1s and fails, twice"
		probe.Equal(t, 2, "error of "+call, kind(err), kind(errBroken))
		probe.Equal(t, 3, "time of "+call, took, 2*time.Second)
		w.clean(t, "in "+call)
	})
}

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

// cancelMeetsEnd cancels as the only process, which has no more to do, is about
// to be killed.
func cancelMeetsEnd(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := &world{step: s.Yield, call: func(string) (time.Duration, error) { cancel(); return 0, nil }}
	_, err := processes.Map(ctx, 1, w.Spawn, list(1))
	switch {
	case w.complaint() != "":
		s.Failf(3, "%s", w.complaint())
	case err != nil && kind(err) != "ctx's error":
		s.Fail(3, "error of a Map whose ctx is cancelled", kind(err), "ctx's error")
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

// A failure and a cancel meet in every order, alone and beside another process.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	for _, n := range []int{1, 2} {
		if explore.Run(t, func(s *explore.S) { failAndCancel(s, n) }, explore.Schedules(400)); t.Failed() {
			return
		}
	}
	for _, scenario := range []func(*explore.S){eachJobOnce, bothFail, cancelMeetsSpawn, cancelMeetsEnd} {
		if explore.Run(t, scenario, explore.Schedules(300)); t.Failed() {
			return
		}
	}
}

// failAndCancel has n processes for n jobs, the first of which fails once.
func failAndCancel(s *explore.S, n int) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	broken := probe.Gauge{}
	w := &world{step: s.Yield, call: func(job string) (time.Duration, error) {
		if job == "job 0" {
			if broken.Next() == 1 {
				return 0, errBroken
			}
		}
		return 0, nil
	}}
	var got []string
	var err error
	s.Go(func() { got, err = processes.Map(ctx, n, w.Spawn, list(n)) })
	s.Go(cancel)
	s.Wait()
	var want []string
	for _, job := range list(n) {
		want = append(want, answer(job))
	}
	switch {
	case w.complaint() != "":
		s.Failf(3, "%s", w.complaint())
	case w.reused() != "":
		s.Failf(2, "%s", w.reused())
	case w.Peak() > n:
		s.Fail(1, fmt.Sprintf("most processes at a time of Map(ctx, %d, …)", n), w.Peak(), n)
	case err == nil && !slices.Equal(got, want):
		s.Fail(2, "results of a Map that gave no error", fmt.Sprint(got), fmt.Sprint(want))
	case err != nil && kind(err) != "ctx's error":
		s.Fail(3, "error of a Map whose ctx is cancelled and one of whose jobs fails once", kind(err), "ctx's error")
	}
}

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
	if want := answers(list(2)); err != nil || !slices.Equal(got, want) {
		s.Fail(1, "results of Map(ctx, 2, spawn, 2 jobs)", fmt.Sprintf("%q", got), fmt.Sprintf("%q", want))
	}
}

// bothFail has two jobs fail twice, at the same time.
func bothFail(s *explore.S) {
	w := &world{step: s.Yield, call: func(string) (time.Duration, error) { return 0, errBroken }}
	_, err := processes.Map(s.Context(), 2, w.Spawn, list(2))
	switch {
	case kind(err) != kind(errBroken):
		s.Fail(2, "error of a Map both of whose jobs fail twice", kind(err), kind(errBroken))
	default:
		w.mistreated(s)
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
	case kind(err) != "context.Canceled" || time.Since(start) >= time.Hour:
		s.Fail(3, "error of a Map that is cancelled, and when it returns",
			fmt.Sprintf("%s after %v", kind(err), time.Since(start).Round(time.Second)), "context.Canceled at once")
	default:
		w.mistreated(s)
	}
}

// failureMeetsSpawn has a job fail for the second time while a process for another is
// being spawned.
func failureMeetsSpawn(s *explore.S) {
	w := &world{step: s.Yield, call: func(job string) (time.Duration, error) {
		if job == "job 0" {
			return 0, errBroken
		}
		return time.Hour, nil
	}}
	start := time.Now()
	_, err := processes.Map(context.Background(), 2, w.Spawn, list(2))
	switch took := time.Since(start); {
	case kind(err) != kind(errBroken):
		s.Fail(2, "error of a Map whose first job fails twice", kind(err), kind(errBroken))
	case took > 0:
		s.Fail(3, "time of a Map whose first job fails twice at once, while the second takes 1h", took, 0)
	default:
		w.mistreated(s)
	}
}

// cancelBreaksOff cancels while the second try of a job runs, whose error is then
// ctx's doing.
func cancelBreaksOff(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := &world{step: s.Yield}
	w.call = func(string) (time.Duration, error) {
		if w.jobs.Len() == 2 {
			cancel()
		}
		return 0, errBroken
	}
	_, err := processes.Map(ctx, 1, w.Spawn, list(1))
	switch err = probe.OfContext(ctx, err); {
	case w.mistreated(s):
	case kind(err) != "context.Canceled":
		s.Fail(3, "error of a Map when ctx ends the second Call of a job", kind(err), "context.Canceled")
	}
}

// cancelMeetsEnd cancels as the only process, which has no more to do, is about
// to be killed.
func cancelMeetsEnd(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := &world{step: s.Yield, call: func(string) (time.Duration, error) { cancel(); return 0, nil }}
	_, err := processes.Map(ctx, 1, w.Spawn, list(1))
	switch err = probe.OfContext(ctx, err); {
	case w.mistreated(s):
	case err != nil && kind(err) != "context.Canceled":
		s.Fail(3, "error of a Map whose ctx is cancelled", kind(err), "context.Canceled")
	}
}

// failuresOfEachJob has one process at a time do jobs that fail: how often one may
// is not a matter of those before it.
func failuresOfEachJob(t *testing.T) {
	t.Helper()
	noSecond := func(nth int) (_ time.Duration, err error) {
		if nth == 2 {
			err = errSpawn
		}
		return 0, err
	}
	once := map[string]int{}
	for _, job := range list(12) {
		once[job] = 1
	}
	for _, c := range []struct {
		when   string
		jobs   int
		fails  map[string]int
		spawn  func(nth int) (time.Duration, error)
		want   string
		spawns int
	}{
		{"each of 12 jobs fails once", 12, once, nil, "nil", 13},
		{"the last of 4 jobs fails twice", 4, map[string]int{"job 3": 2}, nil, kind(errBroken), 2},
		{"its job fails, and then the spawn of another process", 1, map[string]int{"job 0": 2}, noSecond, kind(errSpawn), 2},
	} {
		probe.Bubble(t, func(t *testing.T) {
			w := &world{spawn: c.spawn}
			w.fails(0, c.fails)
			got, err := processes.Map(t.Context(), 1, w.Spawn, list(c.jobs))
			when := " of a Map with 1 process when " + c.when
			probe.Equal(t, 2, "error"+when, kind(err), c.want)
			if c.want == "nil" {
				probe.Equal(t, 2, "results"+when, fmt.Sprintf("%q", got), fmt.Sprintf("%q", answers(list(c.jobs))))
			}
			probe.Equal(t, 2, "spawns"+when, w.Total(), c.spawns)
		})
	}
}

// equalJobsFail has two jobs with the same text fail once each, at the same time.
func equalJobsFail(t *testing.T) {
	var w world
	w.fails(time.Second, map[string]int{"a": 2})
	var got []string
	var err error
	took := probe.Elapsed(func() { got, err = processes.Map(t.Context(), 2, w.Spawn, []string{"a", "a"}) })
	const call = "Map(ctx, 2, spawn, [a a]) each of whose jobs takes 1s and fails once"
	probe.Equal(t, 2, call, fmt.Sprint(got, ", ", kind(err)), "[[a] [a]], nil")
	probe.Equal(t, 2, "Calls of "+call, w.jobs.Len(), 4)
	probe.Equal(t, 1, "time of "+call, took, 2*time.Second)
}

// outOfTime has ctx end by its deadline in the middle of Calls.
func outOfTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
	defer cancel()
	w := &world{call: takes(time.Hour)}
	_, err := processes.Map(ctx, 3, w.Spawn, list(20))
	probe.Equal(t, 3, "error of Map when ctx's deadline came in the middle of Calls", kind(err), "context.DeadlineExceeded")
	probe.NoneLeft(t, "Map when ctx's deadline came in the middle of Calls")
}

// killedAtOnce has something take long when ctx ends, and looks at how many
// processes are killed by then.
func killedAtOnce(t *testing.T) {
	t.Helper()
	secondSlow := func(nth int) (time.Duration, error) {
		return time.Duration(nth/2) * time.Hour, nil
	}
	firstAfter := func(d time.Duration, err error) func(string) (time.Duration, error) {
		return func(job string) (time.Duration, error) {
			if job == "job 0" {
				return d, err
			}
			return time.Hour, nil
		}
	}
	for _, c := range []struct {
		when  string
		world *world
		n     int
		end   time.Duration // of ctx: when Map has to kill
		kills int
	}{
		{"ctx is cancelled while each Wait takes 3s", &world{call: takes(time.Hour), wait: 3 * time.Second}, 3, time.Second, 3},
		{"ctx is cancelled while a broken process is waited for", &world{call: firstAfter(time.Second, errBroken), wait: time.Hour}, 3, 2 * time.Second, 3},
		{"ctx is cancelled while a spawn is under way", &world{call: takes(time.Hour), spawn: secondSlow}, 2, time.Second, 1},
		{"ctx is cancelled while one of two processes works and the other has done the last job", &world{call: firstAfter(time.Second, nil)}, 2, 2 * time.Second, 2},
	} {
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			time.AfterFunc(c.end, cancel)
			start := time.Now()
			processes.Map(ctx, c.n, c.world.Spawn, list(c.n))
			kills := 0
			for _, at := range c.world.killed.All() {
				if at.Sub(start) <= c.end {
					kills++
				}
			}
			probe.Equal(t, 3, "processes killed at once, and before, when "+c.when, kills, c.kills)
			c.world.clean(t, "when "+c.when)
		})
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
	for _, scenario := range []func(*explore.S){eachJobOnce, bothFail, failureMeetsSpawn, cancelMeetsSpawn, cancelMeetsEnd, cancelBreaksOff} {
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
	want := answers(list(n))
	switch err = probe.OfContext(ctx, err); {
	case w.mistreated(s):
	case w.Peak() > n:
		s.Fail(1, fmt.Sprintf("most processes at a time of Map(ctx, %d, …)", n), w.Peak(), n)
	case err == nil && !slices.Equal(got, want):
		s.Fail(2, "results of a Map that gave no error", fmt.Sprintf("%q", got), fmt.Sprintf("%q", want))
	case err != nil && kind(err) != "context.Canceled":
		s.Fail(3, "error of a Map whose ctx is cancelled and one of whose jobs fails once", kind(err), "context.Canceled")
	}
}

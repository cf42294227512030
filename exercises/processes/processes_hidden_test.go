//go:build hidden

package processes_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/processes"
)

// The API, to the letter.
var (
	_ func(context.Context, int, processes.Spawn, []string) ([]string, error) = processes.Map
	_ processes.Spawn                                                         = func(context.Context) (processes.Process, error) { return nil, nil }
	_ processes.Process                                                       = (*process)(nil)
	_ interface {
		Call(string) (string, error)
		Kill()
		Wait() error
	} = processes.Process(nil)
)

func TestResultsInOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		for _, n := range []int{1, 3, 50} {
			jobs := list(10 + r.IntN(20))
			w := &world{call: func(string) (time.Duration, error) { return time.Duration(r.IntN(1000)) * time.Millisecond, nil }}
			if n > 1 {
				w.call = func(job string) (time.Duration, error) {
					return time.Duration(1000-len(job)*7%13) * time.Millisecond, nil
				}
			}
			given := slices.Clone(jobs)
			got, err := processes.Map(t.Context(), n, w.Spawn, jobs)
			call := fmt.Sprintf("Map(ctx, %d, spawn, %d jobs)", n, len(jobs))
			probe.Equal(t, 1, "error of "+call, kind(err), "nil")
			if !probe.Equal(t, 1, "number of results of "+call, len(got), len(jobs)) {
				return
			}
			for i, job := range given {
				if !probe.Equal(t, 1, fmt.Sprintf("result %d of %s", i, call), got[i], answer(job)) {
					return
				}
			}
			probe.Equal(t, 1, "jobs as the caller has them after "+call, strings.Join(jobs, ","), strings.Join(given, ","))
			probe.Equal(t, 2, "number of Calls of "+call, w.jobs.Len(), len(jobs))
		}
		w := &world{call: takes(0)}
		got, err := processes.Map(t.Context(), 1, w.Spawn, []string{"a", "", "a"})
		probe.Equal(t, 1, `Map(ctx, 1, spawn, ["a" "" "a"]) whose empty job has an empty answer`, fmt.Sprintf("%q, %s", got, kind(err)), `["[a]" "" "[a]"], nil`)
		probe.Equal(t, 2, `number of Calls of Map(ctx, 1, spawn, ["a" "" "a"])`, w.jobs.Len(), 3)
		w = &world{call: takes(0)}
		got, err = processes.Map(t.Context(), 3, w.Spawn, nil)
		if got == nil || len(got) > 0 || err != nil {
			probe.Fail(t, 1, "Map(ctx, 3, spawn, nil)", fmt.Sprintf("%#v, %s", got, kind(err)), "[]string{}, nil")
		}
		probe.Equal(t, 1, "processes of Map(ctx, 3, spawn, nil)", w.Total(), 0)
	})
	probe.Bubble(t, partOfSlice)
	probe.Bubble(t, countsCalls)
	for _, c := range []struct {
		what string
		f    func()
	}{
		{"Map(ctx, 0, spawn, [a])", func() { processes.Map(t.Context(), 0, (&world{}).Spawn, []string{"a"}) }},
		{"Map(ctx, 0, spawn, nil)", func() { processes.Map(t.Context(), 0, (&world{}).Spawn, nil) }},
		{"Map(ctx, -1, spawn, [a])", func() { processes.Map(t.Context(), -1, (&world{}).Spawn, []string{"a"}) }},
		{"Map(ctx, 1, nil, [a])", func() { processes.Map(t.Context(), 1, nil, []string{"a"}) }},
		{"Map(ctx, 1, nil, nil)", func() { processes.Map(t.Context(), 1, nil, nil) }},
	} {
		if probe.Recovered(c.f) == nil {
			probe.Fail(t, 1, c.what, "no panic", "a panic")
		}
	}
}

func TestBound(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct{ n, jobs, want int }{{4, 30, 4}, {8, 3, 3}, {1, 200, 1}, {4096, 3, 3}} {
		probe.Bubble(t, func(t *testing.T) {
			gate := probe.NewGate()
			w := &world{call: func(string) (time.Duration, error) { gate.Pass(); return time.Second, nil }}
			done := make(chan struct{})
			go func() {
				defer close(done)
				processes.Map(t.Context(), c.n, w.Spawn, list(c.jobs))
			}()
			inside := gate.Inside()
			gate.Open()
			<-done
			what := fmt.Sprintf("Map(ctx, %d, spawn, %d jobs)", c.n, c.jobs)
			probe.Equal(t, 1, "Calls at the same time in "+what, inside, c.want)
			probe.Equal(t, 1, "most processes at the same time in "+what, w.Peak(), c.want)
			probe.Equal(t, 1, "processes started by "+what, w.Total(), c.want)
			for _, p := range w.all.All() {
				probe.Equal(t, 1, "most Calls at once on one process of "+what, p.busy.Peak(), 1)
			}
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, together)
}

// together has two Maps at once, which know nothing of each other, and read the same
// jobs.
func together(t *testing.T) {
	gate := probe.NewGate()
	w := &world{call: func(string) (time.Duration, error) { gate.Pass(); return time.Second, nil }}
	got, jobs := make([]string, 2), list(30)
	var both sync.WaitGroup
	for i := range got {
		both.Go(func() {
			results, err := processes.Map(t.Context(), 2, w.Spawn, jobs[:29+i])
			got[i] = fmt.Sprintf("%q, %s", results, kind(err))
		})
	}
	probe.Equal(t, 1, "Calls at the same time in two Maps of 2 processes each", gate.Inside(), 4)
	gate.Open()
	both.Wait()
	for i := range got {
		probe.Equal(t, 1, "one of two Maps at the same time", got[i], fmt.Sprintf("%q, nil", answers(list(29+i))))
	}
}

// A broken process is killed, waited for, and only then replaced.
func TestOneMoreTry(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		jobs := list(12)
		bad := map[string]int{jobs[r.IntN(6)]: 1, jobs[6+r.IntN(6)]: 1} // how often each still fails
		w := &world{wait: 500 * time.Millisecond}
		w.fails(time.Second, bad)
		got, err := processes.Map(t.Context(), 3, w.Spawn, jobs)
		probe.Equal(t, 2, "error of Map when two jobs fail once", kind(err), "nil")
		if !probe.Equal(t, 2, "number of results when two jobs fail once", len(got), len(jobs)) {
			return
		}
		for i := range got {
			if !probe.Equal(t, 2, "result of a Map two of whose jobs fail once", got[i], answer(jobs[i])) {
				return
			}
		}
		probe.Equal(t, 2, "number of Calls for 12 jobs of which two fail once", w.jobs.Len(), 14)
		if w.Total() > 5 {
			probe.Fail(t, 2, "processes started by Map(ctx, 3, spawn, 12 jobs) of which two break", w.Total(), "at most 5")
		}
		probe.Equal(t, 2, "most processes at a time, those counted that were not yet waited for", w.Peak(), 3)
		w.clean(t, "when two jobs failed once")
	})
	failuresOfEachJob(t)
	probe.Bubble(t, equalJobsFail)
	probe.Bubble(t, ownLimit)
}

// What ends Map ends it at once.
func TestFailures(t *testing.T) {
	probe.Check(t)
	failsWhileOthersIdle(t)
	killedAtFailure(t)
	probe.Bubble(t, func(t *testing.T) {
		w := &world{call: func(job string) (time.Duration, error) {
			if job == "job 1" {
				return time.Second, errBroken
			}
			return time.Hour, nil
		}}
		failing(t, w, "a job failed twice", 2*time.Second, "the Call's error")
	})
	probe.Bubble(t, func(t *testing.T) {
		tries := []error{errBefore, errBroken} // and a third one would succeed
		w := &world{call: func(string) (_ time.Duration, err error) {
			if len(tries) > 0 {
				err, tries = tries[0], tries[1:]
			}
			return 0, err
		}}
		_, err := processes.Map(t.Context(), 1, w.Spawn, list(1))
		probe.Equal(t, 2, "tries of a job that fails twice", w.jobs.Len(), 2)
		if kind(err) != kind(errBroken) {
			probe.Fail(t, 2, "error of Map when the two tries of a job fail with different errors", kind(err), "the error of the second try's Call")
		}
	})
	probe.Bubble(t, func(t *testing.T) {
		w := &world{call: takes(time.Hour), spawn: func(nth int) (time.Duration, error) {
			if nth == 2 {
				return time.Second, errSpawn
			}
			return 0, nil
		}}
		failing(t, w, "a spawn failed", time.Second, "the spawn's error")
	})
	probe.Bubble(t, func(t *testing.T) { // no process is replaced that is killed because Map has to end
		w := &world{call: takes(time.Hour), spawn: func(nth int) (time.Duration, error) {
			switch {
			case nth == 2:
				return time.Second, errSpawn
			case nth > 3:
				return time.Minute, nil
			}
			return 0, nil
		}}
		failing(t, w, "a spawn failed while other processes worked", time.Second, "the spawn's error")
	})
	probe.Bubble(t, func(t *testing.T) { // a spawn is under way when Map has to end
		w := &world{call: takes(time.Hour), spawn: func(nth int) (time.Duration, error) {
			switch nth {
			case 1:
				return time.Second, errSpawn
			case 2:
				return 5 * time.Second, nil
			}
			return 0, nil
		}}
		failing(t, w, "a spawn failed while another was under way", 5*time.Second, "the spawn's error")
	})
}

// failing runs Map on three jobs until it fails and checks how, what it left, and
// that it ended at once: no later than limit.
func failing(t *testing.T, w *world, when string, limit time.Duration, want string) {
	t.Helper()
	var err error
	took := probe.Elapsed(func() { _, err = processes.Map(t.Context(), 3, w.Spawn, list(3)) })
	probe.Equal(t, 2, "error of Map when "+when, kind(err), want)
	if took > limit {
		probe.Fail(t, 3, "time of Map when "+when, took, limit)
	}
	w.clean(t, "when "+when)
	probe.NoneLeft(t, "Map when "+when)
}

// Every process is killed once, then waited for once, before Map returns.
func TestNoZombies(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		w := &world{call: takes(time.Hour), wait: time.Hour / 2, waitGives: errWait} // nobody loses patience
		_, err := processes.Map(probe.Foreign(t.Context()), 2, w.Spawn, list(4))
		probe.Equal(t, 3, "error of Map when each process's Wait gives one", kind(err), "nil")
		probe.NoneLeft(t, "Map(ctx, 2, spawn, 4 jobs)")
		w.clean(t, "after four jobs on two processes")
		probe.Equal(t, 1, "processes started by Map(ctx, 2, spawn, 4 jobs)", w.all.Len(), 2)
	})
	probe.Bubble(t, waitOfBroken)
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	killedAtOnce(t)
	probe.Bubble(t, outOfTime)
	probe.Bubble(t, spawnWaits)
	slow := func(int) (time.Duration, error) { return time.Hour, nil }
	for _, c := range []struct {
		when  string
		world func() *world
		after time.Duration
		takes time.Duration
	}{
		{"ctx was cancelled in the middle of Calls", func() *world { return &world{call: takes(time.Hour)} }, 1500 * time.Millisecond, 1500 * time.Millisecond},
		{"ctx was cancelled after some jobs", func() *world { return &world{call: takes(time.Second)} }, 2500 * time.Millisecond, 2500 * time.Millisecond},
		{"ctx was cancelled while processes were being spawned", func() *world { return &world{call: takes(time.Hour), spawn: slow} }, time.Second, time.Hour},
		{"ctx was done before", func() *world { return &world{call: takes(time.Hour)} }, 0, 0},
	} {
		for _, cause := range []error{nil, errReason} {
			probe.Bubble(t, func(t *testing.T) {
				w := c.world()
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				if c.after == 0 {
					cancel(cause)
				} else {
					time.AfterFunc(c.after, func() { cancel(cause) })
				}
				var err error
				took := probe.Elapsed(func() { _, err = processes.Map(ctx, 3, w.Spawn, list(20)) })
				probe.Equal(t, 3, "error of Map when "+c.when, kind(probe.OfContext(ctx, err)), "context.Canceled")
				probe.Equal(t, 3, "time of Map when "+c.when, took, c.takes)
				w.clean(t, "when "+c.when)
				if w.Peak() > 3 {
					probe.Fail(t, 1, "most processes at a time when "+c.when, w.Peak(), "at most 3")
				}
			})
			if t.Failed() {
				return
			}
		}
	}
}

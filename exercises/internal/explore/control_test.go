package explore

import (
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/explore/sync"
	"gorutinas/exercises/internal/explore/testdata/bugs"
	"gorutinas/exercises/internal/probe"
)

// orders returns the schedules that an exploration of body tries.
func orders(t *testing.T, body func(*S)) (all [][]int) {
	r := explorationOf(t, body)
	r.schedules = 100
	st := []strategy{newDFS(2, 60), &slow{left: 10}, &random{left: 20, rng: r.rand(1)}, &pct{left: 20, changes: 2, rng: r.rand(2)}}
	for _, s := range st {
		for s.begin() {
			all = append(all, r.perform(s).control.log.order)
		}
	}
	return all
}

func TestSameSeedSameSchedules(t *testing.T) {
	body := func(s *S) { take(bugs.NewBox())(s) }
	require.Equal(t, orders(t, body), orders(t, body))
}

// TestDate: a program that minds its manners in the year in which bubbles begin.
func TestDate(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		if time.Now().Year() == 2000 {
			return
		}
		var c bugs.LoadStoreCounter
		s.Go(c.Inc)
		s.Go(c.Inc)
		s.Wait()
		if n := c.N.Load(); n != 2 {
			s.Fail(1, "count", n, 2)
		}
	})
	require.NotNil(t, r.explore())
}

// TestNumbers: goroutines count in order of creation, timers' in the order in
// which they were asked for, whatever the schedule.
func TestNumbers(t *testing.T) {
	var mu sync.Mutex
	r := explorationOf(t, func(s *S) {
		var names []string
		is := func(name string) {
			mu.Lock()
			names = append(names, name)
			mu.Unlock()
		}
		for _, name := range []string{"timer 1", "timer 2", "timer 3"} {
			time.AfterFunc(time.Second, point.Go(func() { is(name) }))
		}
		s.Go(func() {
			go func() { point.At("start"); is("child") }()
			point.At("go")
			is("first")
		})
		s.Go(func() { is("second") })
		s.Wait()
		time.Sleep(time.Minute)
	})
	for i := range uint64(20) {
		a := r.perform(&random{rng: r.rand(i)})
		byNumber := map[int]int{}
		for _, g := range a.control.log.order {
			byNumber[g]++
		}
		require.Len(t, byNumber, 7, "%v", a.control.log.order)
		require.Less(t, slices.Index(a.control.log.order, 1), slices.Index(a.control.log.order, 6), "timers come last")
		require.Nil(t, a.failure)
	}
}

func TestContextIsDoneWhenTheBodyHasReturned(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		s.Go(func() { <-s.Context().Done() })
	})
	passes(t, r, r.explore())
}

// left is a lock that one schedule leaves locked.
var left sync.Mutex

func TestSchedulesDoNotDisturbEachOther(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		s.Go(left.Lock)
		s.Wait()
	})
	passes(t, r, r.explore())
}

func TestPollingSeesALockThatIsHeld(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		var mu sync.Mutex
		var failed probe.Gauge
		n := 0
		s.Go(func() { mu.Lock(); n++; mu.Unlock() })
		s.Go(func() {
			if mu.TryLock() {
				mu.Unlock()
			} else {
				failed.Enter()
			}
		})
		s.Wait()
		if failed.Total() > 0 {
			s.Failf(1, "TryLock failed")
		}
	})
	fails(t, r, r.explore(), "fail")
}

func TestFatalErrorIsAFinding(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		var mu sync.Mutex
		s.Go(func() {
			go func() { point.At("start"); mu.Unlock() }()
			point.At("go")
		})
		s.Wait()
	})
	a := r.explore()
	fails(t, r, a, "panic")
	require.Equal(t, []string{"sync: unlock of unlocked mutex"}, a.failure.Args)
}

func TestGoexitIsAFinding(t *testing.T) {
	for _, body := range []func(*S){
		func(s *S) { s.Go(runtime.Goexit); s.Wait() },
		func(*S) { runtime.Goexit() },
	} {
		r := explorationOf(t, body)
		a := r.explore()
		fails(t, r, a, "fail")
		require.Equal(t, "fail.goexit", a.failure.Code)
	}
}

func TestPanicOfTheBodyIsAFinding(t *testing.T) {
	r := explorationOf(t, func(*S) { panic("no") })
	a := r.explore()
	fails(t, r, a, "panic")
	require.Equal(t, []string{"no"}, a.failure.Args)
}

// TestPanicOfAnyGoroutineIsAFinding: rewritten code defers point.Catch.
func TestPanicOfAnyGoroutineIsAFinding(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		var c bugs.LoadStoreCounter
		inc := func() {
			point.At("start")
			defer point.Catch()
			c.Inc()
			if c.N.Load() == 2 {
				panic(errors.New("no second"))
			}
		}
		go inc()
		point.At("go")
		time.AfterFunc(time.Second, point.Go(func() { c.Inc(); c.Inc(); panic("late") }))
		go inc()
		point.At("go")
		time.Sleep(time.Minute)
	})
	a := r.explore()
	fails(t, r, a, "panic")
	require.Equal(t, []string{"no second"}, a.failure.Args)
	require.Contains(t, a.failure.Stack, "TestPanicOfAnyGoroutineIsAFinding")
}

//go:build hidden

package cache_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ func(time.Duration, func(context.Context, string) (int, error)) *cache.Cache[string, int] = cache.New[string, int]
	_ func(*cache.Cache[string, int], context.Context, string) (int, error)                     = (*cache.Cache[string, int]).Get
	_ func(*cache.Cache[[2]int, bool], [2]int)                                                  = (*cache.Cache[[2]int, bool]).Forget
)

func TestOneLoad(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		for _, v := range []int{1 + r.IntN(1000), 0} { // no value means "none"
			oneLoad(t, 10+r.IntN(10), v)
		}
	})
	for _, tooOld := range []bool{false, true} {
		exploreOneLoad(t, tooOld)
	}
	if !t.Failed() {
		probe.Bubble(t, manyKeys)
		probe.Bubble(t, twoCaches)
		probe.Bubble(t, nilIsKept)
	}
	if !t.Failed() && probe.Recovered(func() { cache.New[string, int](time.Hour, nil) }) == nil {
		probe.Fail(t, 1, "New(ttl, nil)", "no panic", "a panic")
	}
}

// exploreOneLoad has two Gets meet, of a key that was never loaded or whose value is too old.
func exploreOneLoad(t *testing.T, tooOld bool) {
	t.Helper()
	const ttl = 24 * time.Hour
	scenario(t, ttl, func(s *explore.S, _ context.Context, n int) (int, error) {
		s.Yield()
		return n, nil
	}, func(s *explore.S, c *cache.Cache[string, int], loads *probe.Gauge) {
		key, want := "a missing key", 1
		if tooOld {
			key, want = "a key whose value is too old", 2
			_, _ = c.Get(s.Context(), "disk")
			time.Sleep(ttl + time.Second)
		}
		var got [2]string
		for i := range got {
			s.Go(func() { got[i] = show(c.Get(s.Context(), "disk")) })
		}
		s.Wait()
		if n := loads.Total() - want + 1; n != 1 {
			s.Fail(1, "number of loads for two Gets of "+key, n, 1)
		}
		for _, g := range got {
			if g != value(want) {
				s.Fail(1, "one of two Gets of "+key, g, value(want))
			}
		}
	})
}

// oneLoad has n callers ask for a missing key, and two more later.
func oneLoad(t *testing.T, n, v int) {
	t.Helper()
	var src source
	c := create(t, 24*time.Hour, src.load)
	first := make([]*asked, n)
	for i := range first {
		first[i] = ask(t.Context(), c, "disk")
	}
	src.begun(t, 1, 1, fmt.Sprintf("by %d Gets of one missing key", n))
	time.Sleep(24 * time.Hour) // a load has no deadline of its own
	late := ask(t.Context(), c, "disk")
	l := src.begun(t, 1, 1, fmt.Sprintf("by %d Gets of one missing key and another one a day later, while the load runs", n))[0]
	probe.Equal(t, 1, "key that load gets", l.key, "disk")
	late.wants(t, 1, "while the load is under way", nothing)
	probe.Equal(t, 3, "the error of a load's context after a day in which many wait", fmt.Sprint(l.ctx.Err()), "<nil>")
	l.end(v, nil)
	for _, a := range append(first, late) {
		a.wants(t, 1, "when the load it waits for has ended", value(v))
	}
	again := ask(t.Context(), c, "disk")
	src.begun(t, 2, 1, fmt.Sprintf("after a Get of a value that is kept (it is %d)", v))
	again.wants(t, 2, "of a value that is kept", value(v))
}

func TestLoadsInParallel(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		var src source
		n := 300 + r.IntN(10) // more than any limit one might set
		c := create(t, 24*time.Hour, src.load)
		kept := ask(t.Context(), c, "kept")
		src.begun(t, 1, 1, "by a Get of a missing key")[0].end(7, nil)
		kept.wants(t, 1, "when its load has ended", value(7))
		gets := map[string]*asked{}
		for i := range n {
			key := fmt.Sprint("page ", i)
			gets[key] = ask(t.Context(), c, key)
		}
		loads := src.begun(t, 1, 1+n, fmt.Sprintf("by Gets of %d different keys", 1+n))[1:]
		answers(t, c, "kept", 1, "of a value that is kept while other keys are being loaded", value(7))
		var forgotten probe.Gauge
		go func() { c.Forget("kept"); forgotten.Enter() }()
		synctest.Wait()
		probe.Equal(t, 2, "number of Forgets that return while other keys are being loaded", forgotten.Total(), 1)
		for turn, i := range r.Perm(n) {
			loads[i].end(i, nil)
			gets[loads[i].key].wants(t, 1, fmt.Sprintf("whose load ended as number %d of %d", turn+1, n), value(i))
		}
	})
	probe.Bubble(t, loadUsesTheCache)
}

func TestServedForTTL(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	const moment = time.Millisecond
	probe.Bubble(t, func(t *testing.T) {
		ttl, trip := 5*time.Second+time.Duration(r.Int64N(int64(50*time.Second))), time.Duration(2+r.IntN(3))*time.Second
		var loads probe.Gauge
		c := create(t, ttl, func(context.Context, string) (int, error) {
			n := loads.Next()
			time.Sleep(trip)
			return n, nil
		})
		get := func(when string, load int, wantTook time.Duration) {
			t.Helper()
			var got string
			took := probe.Elapsed(func() { got = show(c.Get(t.Context(), "disk")) })
			when = fmt.Sprintf("Get %s, ttl %v, load number n takes %v and gives n", when, ttl, trip)
			probe.Equal(t, 2, when, got, value(load))
			probe.Equal(t, 2, "time that it takes: "+when, took, wantTook)
		}
		get("of a missing key", 1, trip)
		time.Sleep(ttl / 2)
		get("ttl/2 after its load ended", 1, 0)
		time.Sleep(ttl/2 - moment)
		get("1ms before ttl is over", 1, 0)
		time.Sleep(2 * moment)
		get("1ms after ttl is over", 2, trip)
		time.Sleep(ttl - moment)
		get("1ms before ttl is over for the second time", 2, 0)
	})
	probe.Bubble(t, keptBriefly)
	probe.Bubble(t, keptForEver)
	for _, ttl := range []time.Duration{0, -time.Second, math.MinInt64} {
		probe.Bubble(t, func(t *testing.T) { nothingKept(t, ttl) })
	}
	counts := func(_ *explore.S, _ context.Context, n int) (int, error) { return n, nil }
	scenario(t, 0, counts, oneAfterTheOther("a load whose value is not kept, with a ttl of 0", value))
}

func TestErrorsNotKept(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		var src source
		const ttl = time.Hour
		c := create(t, ttl, src.load)
		v := 1 + r.IntN(1000)
		for n, failure := range []error{errDisk, errLink, context.Canceled, context.DeadlineExceeded, nil, errLink} {
			if n == 5 {
				answers(t, c, "disk", 2, "after a load that succeeded", value(v))
				time.Sleep(ttl + time.Second)
			}
			gets := []*asked{ask(t.Context(), c, "disk"), ask(t.Context(), c, "disk"), ask(t.Context(), c, "disk")}
			l := src.begun(t, 2, n+1, fmt.Sprintf("by %d times 3 Gets at once, each time after a load that failed or whose value is too old", n+1))[n]
			l.end(v, failure)
			for _, a := range gets {
				a.wants(t, 2, fmt.Sprintf("one of three that share load number %d", n+1), show(v, failure))
			}
		}
	})
	fails := func(_ *explore.S, _ context.Context, n int) (int, error) { return n, errDisk }
	scenario(t, 24*time.Hour, fails, oneAfterTheOther("a load that failed", func(n int) string { return show(n, errDisk) }))
}

func TestForget(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, forgetKept)
	for forgets := 1; forgets <= 2; forgets++ {
		for _, oldFirst := range []bool{true, false} {
			probe.Bubble(t, func(t *testing.T) { forgetUnderWay(t, oldFirst, forgets, nil) })
			probe.Bubble(t, func(t *testing.T) { forgetUnderWay(t, oldFirst, forgets, errDisk) })
		}
		probe.Bubble(t, func(t *testing.T) { forgottenAlone(t, forgets) })
	}
	probe.Bubble(t, forgetAnother)
	probe.Bubble(t, forgottenNotKept)
	probe.Bubble(t, forgottenTooOld)
	probe.Bubble(t, forgottenAndAbandoned)
	probe.Bubble(t, forgottenTwice)
	probe.Bubble(t, forgottenAbandonedLast)
	forgetMeetsGet(t)
	forgetMeetsExpiry(t)
}

func TestOneLeaves(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for first := range 2 {
		probe.Bubble(t, func(t *testing.T) { someLeave(t, 1+r.IntN(1000), first) })
	}
	probe.Bubble(t, doneOnEntry)
	if !t.Failed() {
		probe.Bubble(t, nothingOutlives)
	}
	leaveMeetsGet(t, atOnce)
	leaveMeetsGet(t, inAnHour)
	leaveMeetsEnd(t)
}

func TestNobodyWaits(t *testing.T) {
	probe.Check(t)
	for _, failure := range []error{nil, errDisk} {
		probe.Bubble(t, func(t *testing.T) { allLeave(t, true, failure) })
		probe.Bubble(t, func(t *testing.T) { allLeave(t, false, failure) })
	}
	probe.Bubble(t, lateResult)
	probe.Bubble(t, abandonedTooOld)
	probe.Bubble(t, waitersChange)
	leaveTogether(t)
	comesBack(t)
}

// page is a value that nobody locks: the cache alone hands it over.
type page struct{ words int }

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const callers, rounds = 12, 25
	for _, ttl := range []time.Duration{24 * time.Hour, 0} {
		for range rounds {
			var loads probe.Gauge
			var words probe.Log[int]
			probe.Bubble(t, func(t *testing.T) {
				c := create(t, ttl, func(_ context.Context, key string) (*page, error) {
					loads.Enter()
					p := &page{words: len(key)}
					runtime.Gosched()
					return p, nil
				})
				ctx, cancel := context.WithCancel(t.Context())
				probe.Parallel(t, callers, func(i int) {
					switch i {
					case 0:
						c.Forget("disk")
					case 1:
						cancel()
					case 2, 3:
						c.Get(ctx, "link")
					default:
						for k := range 4 {
							if p, err := c.Get(t.Context(), []string{"disk", "link"}[(i+k)%2]); err == nil && p != nil {
								words.Add(p.words)
							}
						}
					}
				})
			})
			if t.Failed() {
				return
			}
			probe.Equal(t, 1, "Gets of many at the same time that give the value of their load", words.Len(), 4*(callers-4))
			for _, n := range words.All() {
				if !probe.Equal(t, 1, "words of a page that Get gave", n, 4) {
					return
				}
			}
			if loads.Total() == 0 {
				probe.Failf(t, 1, "nothing was ever loaded")
			}
		}
	}
}

//go:build hidden

package cache_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

var places = [...]string{"first", "second", "third"}

// someLeave has four callers share a load of 4 s: two of them leave, the very
// first among them, which is number first.
func someLeave(t *testing.T, v, first int) {
	t.Helper()
	var src source
	c := create(t, 24*time.Hour, src.load)
	cancelled, leave := leaving(t)
	late, release := context.WithTimeoutCause(t.Context(), 2500*time.Millisecond, errGone)
	defer release()
	gets := make([]*asked, 3)
	contexts := []context.Context{cancelled, late, context.Background()} // which has no Done, and counts all the same
	gets[first] = ask(contexts[first], c, "disk")
	l := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	for i, ctx := range contexts {
		if i != first {
			gets[i] = ask(ctx, c, "disk")
		}
	}
	steps := []struct {
		wait time.Duration
		do   func()
		when string
		want [3]string
	}{
		{
			1500 * time.Millisecond, leave, "at 1.5 s, when the first's ctx is cancelled",
			[3]string{"context.Canceled", nothing, nothing},
		},
		{
			1001 * time.Millisecond, func() { gets = append(gets, ask(t.Context(), c, "disk")) }, "at 2.501 s, after the second's deadline",
			[3]string{"context.Canceled", "context.DeadlineExceeded", nothing},
		},
		{
			time.Second, func() { l.end(v, l.ctx.Err()) }, "at 3.501 s, when the load has ended",
			[3]string{"context.Canceled", "context.DeadlineExceeded", value(v)},
		},
	}
	for _, step := range steps {
		time.Sleep(step.wait)
		step.do()
		for i, want := range step.want {
			gets[i].wants(t, 3, fmt.Sprintf("by the %s of three that share the load of the %s, %s", places[i], places[first], step.when), want)
		}
	}
	gets[3].wants(t, 3, "that joined a load when two others had left it", value(v))
	answers(t, c, "disk", 3, "after a load that others had left", value(v))
	src.begun(t, 3, 1, "in all this")
}

// doneOnEntry asks with a ctx that has ended before.
func doneOnEntry(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	ended, end := leaving(t)
	end()
	ask(ended, c, "disk").wants(t, 3, "of a missing key, ctx done on entry", "context.Canceled")
	src.begun(t, 3, 0, "by a Get with ctx done on entry")
	patient := ask(probe.Foreign(t.Context()), c, "disk") // what it leaves waiting for ctx shows as a goroutine
	l := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	ask(ended, c, "disk").wants(t, 3, "while its key is being loaded, ctx done on entry", "context.Canceled")
	probe.Equal(t, 3, "the error of a load's context when one waits and one with ctx done on entry does not", fmt.Sprint(l.ctx.Err()), "<nil>")
	src.begun(t, 3, 1, "by a Get of a missing key and others with ctx done on entry, before and while its load runs")
	l.end(7, nil)
	patient.wants(t, 3, "when its load has ended", value(7))
	time.Sleep(24*time.Hour + time.Second)
	ask(ended, c, "disk").wants(t, 3, "of a value that is too old, ctx done on entry", "context.Canceled")
	src.begun(t, 3, 1, "by a Get of a missing key and Gets with ctx done on entry, the last of them when the value is too old")
}

// leaveMeetsGet cancels one of two Gets that share a load, which ends as soon as it
// may or when all that can be done meanwhile has been done.
func leaveMeetsGet(t *testing.T, end func(*explore.S)) {
	t.Helper()
	scenario(t, 24*time.Hour, func(s *explore.S, ctx context.Context, _ int) (int, error) {
		end(s)
		return 7, ctx.Err()
	}, func(s *explore.S, c *cache.Cache[string, int], _ *probe.Gauge) {
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		var leaver, patient string
		s.Go(func() { leaver = show(c.Get(ctx, "disk")) })
		s.Go(func() { patient = show(c.Get(s.Context(), "disk")) })
		s.Go(cancel)
		s.Wait()
		if leaver != value(7) && leaver != "context.Canceled" {
			s.Fail(3, "Get(ctx, key), ctx is cancelled meanwhile", leaver, value(7)+" or context.Canceled")
		}
		if patient != value(7) {
			s.Fail(3, "Get(ctx, key), the ctx of another Get of that key is cancelled meanwhile", patient, value(7))
		}
	})
}

// leaveMeetsEnd cancels one of two Gets at the end of the load that both of them
// wait for: that load is not abandoned, and its value is kept.
func leaveMeetsEnd(t *testing.T) {
	t.Helper()
	scenario(t, 24*time.Hour, func(_ *explore.S, ctx context.Context, n int) (int, error) {
		time.Sleep(time.Hour) // by then both wait
		return n, ctx.Err()
	}, func(s *explore.S, c *cache.Cache[string, int], _ *probe.Gauge) {
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		var patient string
		s.Go(func() { c.Get(ctx, "disk") })
		s.Go(func() { patient = show(c.Get(s.Context(), "disk")) })
		s.Go(func() {
			time.Sleep(time.Hour)
			cancel()
		})
		s.Wait()
		if patient != value(1) {
			s.Fail(3, "Get(ctx, key), the ctx of another Get ends with the load that both wait for", patient, value(1))
		}
		if later := show(c.Get(s.Context(), "disk")); later != value(1) {
			s.Fail(2, "a Get after one that had a value, while another that waited for it has left", later, value(1))
		}
	})
}

func atOnce(s *explore.S) { s.Yield() }

func inAnHour(*explore.S) { time.Sleep(time.Hour) }

// leaveTogether cancels all of the Gets that wait for a load.
func leaveTogether(t *testing.T) {
	t.Helper()
	var kept *probe.Gauge // loads that nobody waits for and that were not told so
	scenario(t, 24*time.Hour, func(_ *explore.S, ctx context.Context, _ int) (int, error) {
		time.Sleep(time.Hour)
		if ctx.Err() == nil {
			kept.Enter()
		}
		return 0, ctx.Err()
	}, func(s *explore.S, c *cache.Cache[string, int], _ *probe.Gauge) {
		kept = new(probe.Gauge)
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		for range 2 {
			s.Go(func() { c.Get(ctx, "disk") })
		}
		s.Go(cancel)
		s.Wait()
		time.Sleep(2 * time.Hour)
		if n := kept.Total(); n != 0 {
			s.Fail(3, "number of loads whose context is not done although the only two callers have left, at the same time", n, 0)
		}
	})
}

// comesBack cancels a Get that waits alone, and has its caller ask again at once: by
// then the load that nobody waits for is out of the cache.
func comesBack(t *testing.T) {
	t.Helper()
	scenario(t, 24*time.Hour, func(_ *explore.S, _ context.Context, n int) (int, error) {
		time.Sleep(time.Hour) // whatever ctx says
		return n, nil
	}, func(s *explore.S, c *cache.Cache[string, int], loads *probe.Gauge) {
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		s.Go(func() {
			_, err := c.Get(ctx, "disk")
			begun := loads.Total()
			n, again := c.Get(s.Context(), "disk")
			if err != nil && (again != nil || n <= begun) {
				s.Fail(3, "a Get right after one that waited alone has left, where load number n gives n", show(n, again), value(begun+1))
			}
		})
		s.Go(cancel)
		s.Wait()
	})
}

// abandon has callers ask for a missing key and leave: at once, one after the
// other. It returns their load, which goes on.
func abandon(t *testing.T, src *source, c *cache.Cache[string, int], callers int) *load {
	t.Helper()
	leave := make([]func(), callers)
	gets := make([]*asked, callers)
	for i := range gets {
		var ctx context.Context
		ctx, leave[i] = leaving(t)
		gets[i] = ask(ctx, c, "disk")
	}
	l := src.begun(t, 1, 1, "by Gets of one missing key")[0]
	for i := range gets {
		probe.Equal(t, 3, fmt.Sprintf("the error of a load's context when %d of %d callers have left", i, callers), fmt.Sprint(l.ctx.Err()), "<nil>")
		time.Sleep(time.Second)
		leave[i]()
		gets[i].wants(t, 3, "whose ctx ends while its load goes on", "context.Canceled")
	}
	probe.Equal(t, 3, "the error of a load's context when nobody waits any more", fmt.Sprint(l.ctx.Err()), "context canceled")
	return l
}

// allLeave asks again while the abandoned load still runs.
func allLeave(t *testing.T, oldFirst bool, failure error) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	old := abandon(t, &src, c, 3)
	after := ask(t.Context(), c, "disk")
	young := src.begun(t, 3, 2, "when a load was abandoned and Get is called while it still runs")[1]
	if oldFirst {
		old.end(1, failure)
		after.wants(t, 3, "when only the load that others abandoned has ended", nothing)
		joined := ask(t.Context(), c, "disk")
		src.begun(t, 3, 2, "by 3 Gets that leave their load, a Get, and one more Get when the abandoned load has ended and the second one runs")
		defer joined.wants(t, 3, "that joined the second load", value(2))
	}
	probe.Equal(t, 3, "the error of the second load's context", fmt.Sprint(young.ctx.Err()), "<nil>")
	young.end(2, nil)
	after.wants(t, 3, "when its own load has ended", value(2))
	old.end(1, failure)
	answers(t, c, "disk", 3, "when both loads have ended", value(2))
	src.begun(t, 3, 2, "in all this")
}

// lateResult has an abandoned load return a value before anybody asks again.
func lateResult(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	abandon(t, &src, c, 1).end(1, nil)
	after := ask(t.Context(), c, "disk")
	src.begun(t, 3, 2, "by a Get after the end of a load that was abandoned")[1].end(2, nil)
	after.wants(t, 3, "when its own load has ended", value(2))
}

// abandonedTooOld has a load abandoned that was begun because a value is too old:
// nobody gets that value any more.
func abandonedTooOld(t *testing.T) {
	const ttl = time.Hour
	var src source
	c := create(t, ttl, src.load)
	ask(t.Context(), c, "disk")
	src.begun(t, 1, 1, "by a Get of a missing key")[0].end(1, nil)
	time.Sleep(ttl + time.Second)
	ctx, leave := leaving(t)
	leaver := ask(ctx, c, "disk")
	old := src.begun(t, 2, 2, "by a Get of a missing key and one when its value is too old")[1]
	leave()
	leaver.wants(t, 3, "of a value that is too old, whose ctx ends while its load goes on", "context.Canceled")
	after := ask(t.Context(), c, "disk")
	src.begun(t, 3, 3, "by a Get of a missing key, one that leaves when its value is too old, and a Get after that")[2].end(3, nil)
	after.wants(t, 3, "when its own load has ended", value(3))
	old.end(2, nil)
}

// waitersChange has callers come and go, so that one waits at every moment.
func waitersChange(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	var last *asked
	leave := func() {}
	for i := range 4 {
		ctx, next := leaving(t)
		last = ask(ctx, c, "disk")
		synctest.Wait()
		leave()
		leave = next
		l := src.begun(t, 3, 1, fmt.Sprintf("by %d Gets, each of which leaves when the next has come", i+1))[0]
		probe.Equal(t, 3, "the error of a load's context while one caller waits", fmt.Sprint(l.ctx.Err()), "<nil>")
	}
	l := src.begun(t, 3, 1, "by 4 Gets, each of which leaves when the next has come")[0]
	leave()
	last.wants(t, 3, "the last one whose ctx ends", "context.Canceled")
	probe.Equal(t, 3, "the error of a load's context when the last of 4 callers has left", fmt.Sprint(l.ctx.Err()), "context canceled")
	l.end(1, l.ctx.Err())
}

//go:build hidden

package cache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// forgetKept forgets a value that is kept, and one that is not there.
func forgetKept(t *testing.T) {
	const ttl = 10 * time.Hour
	var src source
	c := create(t, ttl, src.load)
	c.Forget("disk")
	for n, key := range []string{"disk", "link"} {
		ask(t.Context(), c, key)
		src.begun(t, 1, n+1, "by Gets of different keys")[n].end(n+1, nil)
	}
	time.Sleep(ttl * 6 / 10)
	c.Forget("disk")
	again := ask(t.Context(), c, "disk")
	src.begun(t, 2, 3, "by Gets of two keys, Forget of the first and a second Get of it")[2].end(3, nil)
	again.wants(t, 2, "after Forget", value(3))
	answers(t, c, "link", 2, "after Forget of another key", value(2))
	time.Sleep(ttl * 6 / 10) // the time of the old value ends meanwhile
	answers(t, c, "disk", 2, "0.6 ttl after its load and 1.2 ttl after one before Forget", value(3))
	src.begun(t, 2, 3, "by Gets of two keys, Forget of the first and, within ttl, more Gets of both")
}

// forgetAnother forgets a key while another one is being loaded, which that does not concern.
func forgetAnother(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	before := ask(t.Context(), c, "disk")
	l := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	c.Forget("link")
	joined := ask(t.Context(), c, "disk")
	src.begun(t, 2, 1, "by a Get, Forget of another key and a second Get while the load runs")
	l.end(7, nil)
	before.wants(t, 2, "whose load has ended, after Forget of another key", value(7))
	joined.wants(t, 2, "that joined a load after Forget of another key", value(7))
	answers(t, c, "disk", 2, "after Forget of another key while its load ran", value(7))
	src.begun(t, 2, 1, "in all this")
}

// forgetUnderWay forgets, once or more, while a load is under way: two loads of one
// key then overlap, and the later one's value is kept, whatever becomes of the other.
func forgetUnderWay(t *testing.T, oldFirst bool, forgets int, failure error) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	before := ask(t.Context(), c, "disk")
	old := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	for range forgets {
		c.Forget("disk")
	}
	before.wants(t, 2, "whose load was forgotten under way", nothing)
	after := ask(t.Context(), c, "disk")
	young := src.begun(t, 2, 2, fmt.Sprintf("by a Get, Forget (calls of it: %d) and a Get while the first load runs", forgets))[1]
	probe.Equal(t, 2, "the error of a load's context when it is forgotten, but somebody waits", fmt.Sprint(old.ctx.Err()), "<nil>")
	ends := []func(){
		func() {
			old.end(1, failure)
			before.wants(t, 2, "whose load was forgotten under way and has ended", show(1, failure))
		},
		func() {
			young.end(2, nil)
			after.wants(t, 2, "after Forget, whose load has ended", value(2))
		},
	}
	if oldFirst {
		ends[0]()
		after.wants(t, 2, "after Forget, when only the load before Forget has ended", nothing)
		joined := ask(t.Context(), c, "disk")
		src.begun(t, 2, 2, "by a Get, Forget, a Get and, when the first load has ended, a third Get while the second one runs")
		ends[1]()
		joined.wants(t, 2, "after Forget, that joins the second load", value(2))
	} else {
		ends[1]()
		ends[0]()
	}
	answers(t, c, "disk", 2, "when both loads have ended", value(2))
	src.begun(t, 2, 2, "by Gets of a value that is kept")
}

// forgottenAlone forgets a load under way, once or more, and asks only when it has ended.
func forgottenAlone(t *testing.T, forgets int) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	before := ask(t.Context(), c, "disk")
	old := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	for range forgets {
		c.Forget("disk")
	}
	old.end(1, nil)
	before.wants(t, 2, "whose load was forgotten under way and has ended", value(1))
	after := ask(t.Context(), c, "disk")
	src.begun(t, 2, 2, fmt.Sprintf("by a Get, Forget while its load runs (calls of it: %d), and a Get when that has ended", forgets))[1].end(2, nil)
	after.wants(t, 2, "after Forget, whose load has ended", value(2))
}

// forgottenNotKept forgets a load under way of a cache that keeps nothing.
func forgottenNotKept(t *testing.T) {
	var src source
	c := create(t, 0, src.load)
	before := ask(t.Context(), c, "disk")
	old := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	c.Forget("disk")
	after := ask(t.Context(), c, "disk")
	young := src.begun(t, 2, 2, "by a Get, Forget and a Get while the first load runs, with a ttl of 0")[1]
	old.end(1, nil)
	before.wants(t, 2, "whose load was forgotten under way and has ended", value(1))
	young.end(2, nil)
	after.wants(t, 2, "after Forget, whose load has ended", value(2))
}

// forgottenTooOld forgets a key whose value is too old while it is loaded again.
func forgottenTooOld(t *testing.T) {
	const ttl = time.Hour
	var src source
	c := create(t, ttl, src.load)
	ask(t.Context(), c, "disk")
	src.begun(t, 1, 1, "by a Get of a missing key")[0].end(1, nil)
	time.Sleep(ttl + time.Second)
	before := ask(t.Context(), c, "disk")
	old := src.begun(t, 2, 2, "by a Get of a missing key and one when its value is too old")[1]
	c.Forget("disk")
	after := ask(t.Context(), c, "disk")
	young := src.begun(t, 2, 3, "by a Get of a missing key, one when its value is too old, and Forget and a Get while the second load runs")[2]
	young.end(3, nil)
	old.end(2, nil)
	before.wants(t, 2, "whose load was forgotten under way and has ended", value(2))
	after.wants(t, 2, "after Forget, whose load has ended", value(3))
	answers(t, c, "disk", 2, "when both loads have ended", value(3))
}

// forgottenAndAbandoned has the waiters of a forgotten load leave.
func forgottenAndAbandoned(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	ctx, leave := leaving(t)
	before := ask(ctx, c, "disk")
	old := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	brief, goAway := leaving(t)
	other := ask(brief, c, "disk")
	src.begun(t, 1, 1, "by two Gets of a missing key")
	c.Forget("disk")
	after := ask(t.Context(), c, "disk")
	young := src.begun(t, 2, 2, "by two Gets, Forget and a Get while the first load runs")[1]
	goAway()
	other.left(t)
	probe.Equal(t, 3, "the error of a forgotten load's context when one of two has left", fmt.Sprint(old.ctx.Err()), "<nil>")
	leave()
	before.left(t)
	probe.Equal(t, 3, "the error of a load's context when nobody waits any more", fmt.Sprint(old.ctx.Err()), "context canceled")
	probe.Equal(t, 3, "the error of the other load's context, for which somebody waits", fmt.Sprint(young.ctx.Err()), "<nil>")
	joined := ask(t.Context(), c, "disk")
	src.begun(t, 3, 2, "by two Gets, Forget and two more Gets while both loads run, the first of which nobody waits for any more")
	old.end(1, nil)
	young.end(2, nil)
	after.wants(t, 2, "after Forget, whose load has ended", value(2))
	joined.wants(t, 2, "after Forget, that joined the second load", value(2))
}

// forgottenTwice forgets two loads under way, for both of which somebody waits, and has
// the first one's waiter leave.
func forgottenTwice(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	ctx, leave := leaving(t)
	var gets []*asked
	for n, ctx := range []context.Context{ctx, t.Context(), t.Context()} {
		c.Forget("disk")
		gets = append(gets, ask(ctx, c, "disk"))
		src.begun(t, 2, n+1, fmt.Sprintf("by %d Gets, with Forget before each of them, while all loads run", n+1))
	}
	leave()
	gets[0].left(t)
	loads := src.loads.All()
	for n, want := range []string{"context canceled", "<nil>", "<nil>"} {
		probe.Equal(t, 3, fmt.Sprintf("the error of the context of load number %d of three, after Forget of the first two, when only the first one's caller has left", n+1), fmt.Sprint(loads[n].ctx.Err()), want)
		loads[n].end(n+1, nil)
	}
	gets[1].wants(t, 2, "whose load was forgotten under way and has ended", value(2))
	gets[2].wants(t, 2, "after Forget, whose load has ended", value(3))
}

// forgottenAbandonedLast has the waiter of a forgotten load leave when the later
// load has ended.
func forgottenAbandonedLast(t *testing.T) {
	var src source
	c := create(t, 24*time.Hour, src.load)
	ctx, leave := leaving(t)
	before := ask(ctx, c, "disk")
	old := src.begun(t, 1, 1, "by a Get of a missing key")[0]
	c.Forget("disk")
	after := ask(t.Context(), c, "disk")
	src.begun(t, 2, 2, "by a Get, Forget and a Get while the first load runs")[1].end(2, nil)
	after.wants(t, 2, "after Forget, whose load has ended", value(2))
	leave()
	before.left(t)
	old.end(1, nil)
	again := ask(t.Context(), c, "disk")
	src.begun(t, 2, 2, "by a Get whose ctx ends, Forget, a Get that gets its value, and a Get after that")
	again.wants(t, 2, "of a value that is kept", value(2))
}

// forgetMeetsGet has something change, is told to forget, and asks, while
// another caller asks too.
func forgetMeetsGet(t *testing.T) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		var edition probe.Gauge
		c := cache.New(24*time.Hour, func(context.Context, string) (int, error) {
			v := edition.Total()
			s.Yield()
			return v, nil
		})
		var other, got, later string
		s.Go(func() { other = show(c.Get(s.Context(), "page")) })
		s.Go(func() {
			edition.Enter()
			c.Forget("page")
			got = show(c.Get(s.Context(), "page"))
		})
		s.Wait()
		later = show(c.Get(s.Context(), "page"))
		if other != value(0) && other != value(1) {
			s.Fail(1, "a Get while another caller calls Forget and Get", other, value(0)+" or "+value(1))
		}
		for _, g := range []string{got, later} {
			if g != value(1) {
				s.Fail(2, "a Get after Forget, when what load returns has changed from 0 to 1 before Forget", g, value(1))
			}
		}
	})
}

// forgetMeetsExpiry forgets a value at the moment when it becomes too old, and has
// another loaded: what was to end the first one's time leaves the second alone.
func forgetMeetsExpiry(t *testing.T) {
	t.Helper()
	const ttl = time.Minute
	scenario(t, ttl, func(_ *explore.S, _ context.Context, n int) (int, error) { return n, nil },
		func(s *explore.S, c *cache.Cache[string, int], _ *probe.Gauge) {
			_, _ = c.Get(s.Context(), "page")
			time.Sleep(ttl)
			c.Forget("page")
			_, _ = c.Get(s.Context(), "page")
			time.Sleep(ttl / 2)
			if got := show(c.Get(s.Context(), "page")); got != value(2) {
				s.Fail(2, "a Get half a ttl after Forget and Get, a ttl after the first one", got, value(2))
			}
		})
}

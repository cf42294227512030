//go:build hidden

package cache_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// nothingKept has two Gets share a load, and the next one start another.
func nothingKept(t *testing.T, ttl time.Duration) {
	t.Helper()
	var src source
	c := create(t, ttl, src.load)
	for n := 1; n <= 2; n++ {
		when := fmt.Sprintf("by %d pairs of Gets with a ttl of %d", n, ttl)
		first, second := ask(t.Context(), c, "disk"), ask(t.Context(), c, "disk")
		src.begun(t, 2, n, when)[n-1].end(n, nil)
		first.wants(t, 2, fmt.Sprintf("with a ttl of %d, when its load has ended", ttl), value(n))
		second.wants(t, 2, fmt.Sprintf("with a ttl of %d, at the same time as another one, when their load has ended", ttl), value(n))
	}
}

// keptBriefly has a ttl of less than a millisecond.
func keptBriefly(t *testing.T) {
	const ttl = 700 * time.Microsecond
	var src source
	c := create(t, ttl, src.load)
	first := ask(t.Context(), c, "disk")
	src.begun(t, 1, 1, "by a Get of a missing key")[0].end(7, nil)
	first.wants(t, 2, "when its load has ended", value(7))
	time.Sleep(ttl * 6 / 7)
	again := ask(t.Context(), c, "disk")
	src.begun(t, 2, 1, fmt.Sprintf("after a Get 600µs after the load, with a ttl of %v", ttl))
	again.wants(t, 2, fmt.Sprintf("600µs after its load, with a ttl of %v", ttl), value(7))
	time.Sleep(ttl * 2 / 7)
	ask(t.Context(), c, "disk")
	src.begun(t, 2, 2, fmt.Sprintf("after a Get 800µs after the load, with a ttl of %v", ttl))[1].end(8, nil)
}

// keptForEver has a ttl that ends later than any clock can tell.
func keptForEver(t *testing.T) {
	const ttl time.Duration = math.MaxInt64
	var src source
	c := create(t, ttl, src.load)
	first := ask(t.Context(), c, "disk")
	src.begun(t, 1, 1, "by a Get of a missing key")[0].end(7, nil)
	first.wants(t, 2, "when its load has ended", value(7))
	time.Sleep(1000 * time.Hour)
	again := ask(t.Context(), c, "disk")
	src.begun(t, 2, 1, fmt.Sprintf("after a Get 1000h after the load, with a ttl of %v", ttl))
	again.wants(t, 2, fmt.Sprintf("1000h after its load, with a ttl of %v", ttl), value(7))
}

// nilIsKept has load give a nil of an interface type, a value like any other.
func nilIsKept(t *testing.T) {
	var loads probe.Gauge
	c := create(t, 24*time.Hour, func(context.Context, string) (any, error) {
		loads.Enter()
		return nil, nil
	})
	for range 2 {
		c.Get(t.Context(), "disk")
	}
	probe.Equal(t, 2, "number of loads for two Gets in a row of a Cache[string, any], where load gives nil", loads.Total(), 1)
}

// oneAfterTheOther gets a key again as soon as it has got it: nothing may have
// been kept, not even for a moment.
func oneAfterTheOther(after string, want func(load int) string) func(*explore.S, *cache.Cache[string, int], *probe.Gauge) {
	return func(s *explore.S, c *cache.Cache[string, int], loads *probe.Gauge) {
		for n := 1; n <= 2; n++ {
			if got := show(c.Get(s.Context(), "page")); got != want(n) || loads.Total() != n {
				s.Fail(2, fmt.Sprintf("Get number %d of two in a row, each after %s", n, after),
					fmt.Sprintf("%s after %d loads", got, loads.Total()), fmt.Sprintf("%s after %d loads", want(n), n))
			}
		}
	}
}

package cache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/probe"
)

// trip is how long a packet takes from California to the Netherlands and back.
const trip = 150 * time.Millisecond

// far returns a load that makes the trip for the length of a word, and counts
// how often.
func far(trips *probe.Gauge) func(context.Context, string) (int, error) {
	return func(ctx context.Context, word string) (int, error) {
		trips.Enter()
		defer trips.Leave()
		select {
		case <-time.After(trip):
			return len(word), nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// TestFetchedOnce gets the same word twice: the second time it is near.
func TestFetchedOnce(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var trips probe.Gauge
		c := cache.New(time.Hour, far(&trips))
		for i, want := range []time.Duration{trip, 0} {
			var length int
			took := probe.Elapsed(func() { length, _ = c.Get(t.Context(), "gorutina") })
			probe.Equal(t, 1, fmt.Sprintf(`Get(ctx, "gorutina") number %d`, i+1), length, 8)
			probe.Equal(t, 1, fmt.Sprintf(`time that Get(ctx, "gorutina") number %d takes`, i+1), took, want)
		}
		probe.Equal(t, 1, "number of loads", trips.Total(), 1)
	})
}

// TestTenAtOnce has ten callers who all want the same word, which nobody has yet.
func TestTenAtOnce(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var trips probe.Gauge
		c := cache.New(time.Hour, far(&trips))
		var lengths [10]int
		took := probe.Elapsed(func() {
			probe.Parallel(t, len(lengths), func(i int) { lengths[i], _ = c.Get(t.Context(), "mesonero") })
		})
		for _, length := range lengths {
			if !probe.Equal(t, 1, `Get(ctx, "mesonero"), one of ten at once`, length, 8) {
				return
			}
		}
		probe.Equal(t, 1, "time that ten Gets at once take", took, trip)
		probe.Equal(t, 1, "number of loads", trips.Total(), 1)
	})
}

// TestOldNews comes back when a value has been kept for longer than ttl.
func TestOldNews(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var trips probe.Gauge
		c := cache.New(time.Minute, far(&trips))
		for i, pause := range []time.Duration{50 * time.Second, 20 * time.Second, 0} {
			length, _ := c.Get(t.Context(), "cocina")
			probe.Equal(t, 2, fmt.Sprintf(`Get(ctx, "cocina") number %d`, i+1), length, 6)
			time.Sleep(pause)
		}
		probe.Equal(t, 2, "number of loads for Gets at 0, 50 and 70 s with a ttl of 1 minute", trips.Total(), 2)
	})
}

// TestImpatient gives up before the packet is back.
func TestImpatient(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var trips probe.Gauge
		c := cache.New(time.Hour, far(&trips))
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		var err error
		took := probe.Elapsed(func() { _, err = c.Get(ctx, "cliente") })
		probe.Equal(t, 3, `error of Get(ctx, "cliente"), ctx ends after 50ms`, probe.ErrorName(err), "context.DeadlineExceeded")
		probe.Equal(t, 3, `time that Get(ctx, "cliente") takes, ctx ends after 50ms`, took, 50*time.Millisecond)
	})
}

//go:build hidden

package cache_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/probe"
)

// twoCaches has two caches load the same key at the same time.
func twoCaches(t *testing.T) {
	var here, there source
	c, d := create(t, 24*time.Hour, here.load), create(t, 24*time.Hour, there.load)
	of := "by a Get of a missing key on each of two caches, of which this is "
	first := ask(t.Context(), c, "disk")
	one := here.begun(t, 1, 1, of+"the first")[0]
	second := ask(t.Context(), d, "disk")
	two := there.begun(t, 1, 1, of+"the second")[0]
	one.end(1, nil)
	two.end(2, nil)
	first.wants(t, 1, "on the first of two caches", value(1))
	second.wants(t, 1, "on the second of two caches", value(2))
}

// place is a key of two parts.
type place struct{ country, town string }

// manyKeys asks twice for more keys than a small table holds. The first two look
// alike when they are printed, and are two keys all the same.
func manyKeys(t *testing.T) {
	var loads probe.Gauge
	c := cache.New(24*time.Hour, func(_ context.Context, key place) (place, error) {
		loads.Enter()
		return key, nil
	})
	keys := []place{{"New York", "Bay"}, {"New", "York Bay"}}
	for i := range 3000 {
		keys = append(keys, place{"Chile", fmt.Sprint(i)})
	}
	for range 2 {
		for _, key := range keys {
			got, err := c.Get(t.Context(), key)
			if got != key || err != nil {
				probe.Fail(t, 1, fmt.Sprintf("Get(ctx, %q), whose load gives the key itself", key), fmt.Sprintf("(%q, %s)", got, name(err)), fmt.Sprintf("(%q, nil)", key))
				return
			}
		}
	}
	probe.Equal(t, 2, fmt.Sprintf("number of loads for %d keys, each asked for twice", len(keys)), loads.Total(), len(keys))
}

// nothingOutlives has nobody wait, and nothing end later than the calls.
func nothingOutlives(t *testing.T) {
	c := create(t, 24*time.Hour, func(_ context.Context, key string) (int, error) {
		if key == "link" {
			return 0, errLink
		}
		return 7, nil
	})
	for _, get := range [][2]string{{"disk", "a Get of a missing key"}, {"disk", "a Get of a kept key"}, {"link", "a Get whose load fails"}} {
		_, _ = c.Get(probe.Foreign(t.Context()), get[0]) // what is left to follow that shows as a goroutine
		probe.NoneLeft(t, get[1])
	}
	c.Forget("disk")
	probe.NoneLeft(t, "Forget")
	var src source
	c = create(t, 24*time.Hour, src.load)
	first := ask(probe.Foreign(t.Context()), c, "disk")
	src.begun(t, 1, 1, "by a Get of a missing key")
	joined := ask(probe.Foreign(t.Context()), c, "disk")
	src.begun(t, 1, 1, "by two Gets of a missing key")[0].end(7, nil)
	first.wants(t, 1, "when the load it waits for has ended", value(7))
	joined.wants(t, 1, "when the load it waits for has ended", value(7))
	probe.NoneLeft(t, "two Gets that share a load")
}

// loadUsesTheCache has a value that is made of another one.
func loadUsesTheCache(t *testing.T) {
	var c *cache.Cache[string, int]
	c = create(t, 24*time.Hour, func(ctx context.Context, key string) (int, error) {
		if key == "word" {
			return 20, nil
		}
		c.Forget("letter")
		v, err := c.Get(ctx, "word")
		return v + 1, err
	})
	answers(t, c, "page", 1, "whose load gets another key from the cache", value(21))
}

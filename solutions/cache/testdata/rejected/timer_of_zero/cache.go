// Rejected: TestServedForTTL fail: with a ttl of 0 the value is kept until a timer fires.
package cache

import (
	"context"
	"fmt"
	"time"
)

type result[V any] struct {
	value V
	err   error
}

// Cache keeps the values that its load function has given.
type Cache[K comparable, V any] struct {
	ttl  time.Duration
	load func(context.Context, K) (V, error)
	lock chan struct{} // holds a token while somebody works on what follows

	kept  map[K]*kept[V]
	calls map[K]*call[V]
}

type kept[V any] struct {
	value V
	timer *time.Timer
}

type call[V any] struct {
	waiting map[chan result[V]]bool
	cancel  context.CancelFunc
}

// New returns an empty cache.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: nil load")
	}
	return &Cache[K, V]{ttl, load, make(chan struct{}, 1), map[K]*kept[V]{}, map[K]*call[V]{}}
}

func (c *Cache[K, V]) locked(f func()) {
	c.lock <- struct{}{}
	defer func() { <-c.lock }()
	f()
}

// Get returns the value of key.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (v V, err error) {
	if ctx.Err() != nil {
		return v, ctx.Err()
	}
	mine := make(chan result[V], 1)
	var joined *call[V]
	c.locked(func() {
		if k := c.kept[key]; k != nil {
			mine <- result[V]{value: k.value}
			return
		}
		if joined = c.calls[key]; joined == nil {
			joined = c.start(context.WithoutCancel(ctx), key)
		}
		joined.waiting[mine] = true
	})
	select {
	case r := <-mine:
		return r.value, r.err
	case <-ctx.Done():
		if joined != nil {
			c.locked(func() { c.abandon(key, joined, mine) })
		}
		return v, fmt.Errorf("cache: nobody waits: %w", ctx.Err())
	}
}

func (c *Cache[K, V]) start(ctx context.Context, key K) *call[V] {
	ctx, cancel := context.WithCancel(ctx)
	a := &call[V]{map[chan result[V]]bool{}, cancel}
	c.calls[key] = a
	go func() {
		v, err := c.load(ctx, key)
		c.locked(func() { c.deliver(key, a, result[V]{v, err}) })
		cancel()
	}()
	return a
}

func (c *Cache[K, V]) deliver(key K, a *call[V], r result[V]) {
	for w := range a.waiting {
		w <- r
	}
	a.waiting = nil
	if c.calls[key] != a {
		return
	}
	delete(c.calls, key)
	if r.err == nil {
		k := &kept[V]{value: r.value}
		k.timer = time.AfterFunc(c.ttl, func() {
			c.locked(func() {
				if c.kept[key] == k {
					delete(c.kept, key)
				}
			})
		})
		c.kept[key] = k
	}
}

func (c *Cache[K, V]) abandon(key K, a *call[V], mine chan result[V]) {
	if a.waiting == nil {
		return
	}
	delete(a.waiting, mine)
	if len(a.waiting) > 0 {
		return
	}
	a.cancel()
	if c.calls[key] == a {
		delete(c.calls, key)
	}
}

// Forget drops the value of key.
func (c *Cache[K, V]) Forget(key K) {
	c.locked(func() {
		if k := c.kept[key]; k != nil {
			k.timer.Stop()
		}
		delete(c.kept, key)
		delete(c.calls, key)
	})
}

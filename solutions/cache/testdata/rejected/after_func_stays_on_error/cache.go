// Rejected: TestOneLeaves leak: what watches ctx for a Get is not stopped when its load has failed.
package cache

import (
	"context"
	"sync"
	"time"
)

// Cache keeps the values that its load function has given.
type Cache[K comparable, V any] struct {
	ttl  time.Duration
	load func(context.Context, K) (V, error)

	mu      sync.Mutex      // guards entries and what is in them; never held during a load
	entries map[K]*entry[V] // loads under way that a Get may join, and values that are kept
}

// entry is one load, and later what came of it.
type entry[V any] struct {
	waiters int // while the load is under way
	cancel  context.CancelFunc

	done  chan struct{} // closed at the end of the load; what follows is then final
	value V
	err   error
	ended time.Time
}

// New returns an empty cache that gets its values from load and keeps each of
// them for ttl after its load has ended.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: New needs a load function")
	}
	return &Cache[K, V]{ttl: ttl, load: load, entries: map[K]*entry[V]{}}
}

// Get returns the value of key: the one that is kept, or what load gives.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	e := c.join(key)
	gone := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(gone) })
	select {
	case <-e.done:
		if e.err != nil {
			return zero, e.err
		}
		stop()
		return e.value, nil
	case <-gone:
		c.leave(key, e)
		return zero, ctx.Err()
	}
}

// Forget drops the value of key, and keeps a load under way from being joined.
func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

// join returns the entry of key, after it has started a load if none would do.
func (c *Cache[K, V]) join(key K) *entry[V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[key]
	if e == nil || e.hasEnded() && time.Since(e.ended) >= c.ttl {
		e = c.start(key)
	}
	e.waiters++
	return e
}

// start begins a load. Its context is nobody's: it must outlive the first caller.
func (c *Cache[K, V]) start(key K) *entry[V] {
	ctx, cancel := context.WithCancel(context.Background())
	e := &entry[V]{cancel: cancel, done: make(chan struct{})}
	c.entries[key] = e
	go func() {
		defer cancel()
		value, err := c.load(ctx, key)
		c.finish(key, e, value, err)
	}()
	return e
}

func (c *Cache[K, V]) finish(key K, e *entry[V], value V, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.value, e.err, e.ended = value, err, time.Now()
	close(e.done)
	if err != nil || c.ttl <= 0 {
		c.drop(key, e)
	}
}

// leave counts out a Get that waits no longer. The last one ends the load.
func (c *Cache[K, V]) leave(key K, e *entry[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.waiters--
	if e.waiters == 0 && !e.hasEnded() {
		e.cancel()
		c.drop(key, e)
	}
}

// drop takes e out of the cache. After a Forget, or when everybody had left,
// the key may belong to a later load: that one stays.
func (c *Cache[K, V]) drop(key K, e *entry[V]) {
	if c.entries[key] == e {
		delete(c.entries, key)
	}
}

func (e *entry[V]) hasEnded() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

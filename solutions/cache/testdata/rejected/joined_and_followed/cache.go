// Rejected: TestOneLeaves leak: what follows ctx for a Get that joins a load goes on when that load has ended.

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

	mu      sync.Mutex
	entries map[K]*entry[V]
}

type entry[V any] struct {
	waiters int
	cancel  context.CancelFunc
	ended   bool
	at      time.Time
	done    chan struct{}
	value   V
	err     error
}

// New returns an empty cache.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: New needs a load function")
	}
	return &Cache[K, V]{ttl: ttl, load: load, entries: map[K]*entry[V]{}}
}

// Get returns the value of key.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	if err := ctx.Err(); err != nil {
		var zero V
		return zero, err
	}
	if e := c.find(key); e != nil {
		select {
		case <-e.done:
			return e.value, e.err
		default:
		}
		left := make(chan struct{})
		context.AfterFunc(ctx, func() {
			c.leave(key, e)
			close(left)
		})
		return e.wait(ctx, left)
	}
	e := c.start(key)
	left := make(chan struct{})
	defer context.AfterFunc(ctx, func() {
		c.leave(key, e)
		close(left)
	})()
	return e.wait(ctx, left)
}

// wait returns what the load gives, or ctx's error when the caller has been counted out.
func (e *entry[V]) wait(ctx context.Context, left <-chan struct{}) (v V, err error) {
	select {
	case <-e.done:
		return e.value, e.err
	case <-left:
		return v, ctx.Err()
	}
}

// find returns the load to wait for, or the value that is there; nil if there is neither.
func (c *Cache[K, V]) find(key K) *entry[V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.join(key)
}

// join is find for those who hold the lock.
func (c *Cache[K, V]) join(key K) *entry[V] {
	e := c.entries[key]
	if e == nil || e.ended && time.Since(e.at) >= c.ttl {
		return nil
	}
	e.waiters++
	return e
}

// start begins a load, unless another one has meanwhile.
func (c *Cache[K, V]) start(key K) *entry[V] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.join(key); e != nil {
		return e
	}
	ctx, cancel := context.WithCancel(context.Background())
	e := &entry[V]{waiters: 1, cancel: cancel, done: make(chan struct{})}
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
	e.value, e.err, e.ended, e.at = value, err, true, time.Now()
	close(e.done)
	if err != nil || c.ttl <= 0 {
		c.drop(key, e)
	}
}

func (c *Cache[K, V]) leave(key K, e *entry[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.waiters--
	if e.waiters == 0 && !e.ended {
		e.cancel()
		c.drop(key, e)
	}
}

func (c *Cache[K, V]) drop(key K, e *entry[V]) {
	if c.entries[key] == e {
		delete(c.entries, key)
	}
}

// Forget drops the value of key.
func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
}

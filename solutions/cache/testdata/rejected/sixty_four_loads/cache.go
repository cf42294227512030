// Rejected: TestLoadsInParallel fail: at most 64 loads run at a time.

package cache

import (
	"context"
	"sync"
	"time"
)

type entry[V any] struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiters int
	ended   bool
	v       V
	err     error
	at      time.Time
}

type Cache[K comparable, V any] struct {
	mu   sync.Mutex
	m    map[K]*entry[V]
	ttl  time.Duration
	load func(context.Context, K) (V, error)
	sem  chan struct{}
}

func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: nil load")
	}
	return &Cache[K, V]{m: make(map[K]*entry[V]), ttl: ttl, load: load, sem: make(chan struct{}, 64)}
}

func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	c.mu.Lock()
	e := c.m[key]
	if e != nil && e.ended && time.Since(e.at) >= c.ttl {
		delete(c.m, key)
		e = nil
	}
	if e == nil {
		lctx, cancel := context.WithCancel(context.Background())
		e = &entry[V]{done: make(chan struct{}), cancel: cancel}
		c.m[key] = e
		go c.run(lctx, key, e)
	}
	if e.ended {
		c.mu.Unlock()
		return e.v, nil
	}
	e.waiters++
	c.mu.Unlock()
	select {
	case <-e.done:
		return e.v, e.err
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e.waiters--
	if e.waiters == 0 && !e.ended {
		e.cancel()
		if c.m[key] == e {
			delete(c.m, key)
		}
	}
	return zero, ctx.Err()
}

func (c *Cache[K, V]) run(ctx context.Context, key K, e *entry[V]) {
	defer e.cancel()
	c.sem <- struct{}{}
	v, err := c.load(ctx, key)
	<-c.sem
	c.mu.Lock()
	e.v, e.err, e.at, e.ended = v, err, time.Now(), true
	if c.m[key] == e && (err != nil || c.ttl <= 0) {
		delete(c.m, key)
	}
	c.mu.Unlock()
	close(e.done)
}

func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	delete(c.m, key)
	c.mu.Unlock()
}

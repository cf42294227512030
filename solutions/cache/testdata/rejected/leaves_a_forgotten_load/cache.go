// Rejected: TestForget fail: whoever leaves a load that was forgotten cancels it for all.
package cache

import (
	"context"
	"sync"
	"time"
)

type call[V any] struct {
	done    chan struct{}
	over    bool
	v       V
	err     error
	at      time.Time
	waiters int
	cancel  context.CancelFunc
}

type Cache[K comparable, V any] struct {
	mu   sync.Mutex
	m    map[K]*call[V]
	ttl  time.Duration
	load func(context.Context, K) (V, error)
}

func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: nil load")
	}
	return &Cache[K, V]{m: map[K]*call[V]{}, ttl: ttl, load: load}
}

func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	c.mu.Lock()
	e := c.m[key]
	if e != nil && e.over && time.Since(e.at) >= c.ttl {
		e = nil
	}
	if e == nil {
		lctx, cancel := context.WithCancel(context.Background())
		e = &call[V]{done: make(chan struct{}), cancel: cancel}
		c.m[key] = e
		go c.run(lctx, key, e)
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
	if (e.waiters == 0 || c.m[key] != e) && !e.over {
		e.cancel()
		if c.m[key] == e {
			delete(c.m, key)
		}
	}
	return zero, ctx.Err()
}

func (c *Cache[K, V]) run(ctx context.Context, key K, e *call[V]) {
	v, err := c.load(ctx, key)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer e.cancel()
	e.v, e.err, e.at, e.over = v, err, time.Now(), true
	if c.m[key] == e && (err != nil || c.ttl <= 0) {
		delete(c.m, key)
	}
	close(e.done)
}

func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, key)
}

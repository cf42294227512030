// Rejected: TestServedForTTL fail: the ttl is rounded to whole seconds.
package cache

import (
	"context"
	"sync"
	"time"
)

type Cache[K comparable, V any] struct {
	ttl  time.Duration
	load func(context.Context, K) (V, error)
	mu   sync.Mutex
	m    map[K]*entry[V]
}

type entry[V any] struct {
	done    chan struct{}
	v       V
	err     error
	until   time.Time
	waiters int
	cancel  context.CancelFunc
}

func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: nil load")
	}
	return &Cache[K, V]{ttl: ttl, load: load, m: map[K]*entry[V]{}}
}

func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	c.mu.Lock()
	e := c.m[key]
	if e != nil && e.cancel == nil && !time.Now().Before(e.until) {
		e = nil
	}
	if e != nil && e.cancel == nil {
		c.mu.Unlock()
		return e.v, nil
	}
	if e == nil {
		e = c.start(key)
	}
	e.waiters++
	c.mu.Unlock()
	select {
	case <-e.done:
		return e.v, e.err
	case <-ctx.Done():
		c.leave(key, e)
		return zero, ctx.Err()
	}
}

func (c *Cache[K, V]) start(key K) *entry[V] {
	ctx, cancel := context.WithCancel(context.Background())
	e := &entry[V]{done: make(chan struct{}), cancel: cancel}
	c.m[key] = e
	go func() {
		v, err := c.load(ctx, key)
		cancel()
		c.mu.Lock()
		defer c.mu.Unlock()
		e.v, e.err = v, err
		e.cancel = nil
		e.until = time.Now().Add(c.ttl.Round(time.Second))
		if c.m[key] == e && (err != nil || c.ttl <= 0) {
			delete(c.m, key)
		}
		close(e.done)
	}()
	return e
}

func (c *Cache[K, V]) leave(key K, e *entry[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.waiters--
	if e.waiters > 0 || e.cancel == nil {
		return
	}
	e.cancel()
	if c.m[key] == e {
		delete(c.m, key)
	}
}

func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.m, key)
}

// Package cache keeps near what is far away. In this style a sync.Map holds one
// promise a key, and an atomic counts those who wait for it.
package cache

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Cache keeps the values that its load function has given.
type Cache[K comparable, V any] struct {
	promises sync.Map // of K to *promise[V]
	ttl      time.Duration
	load     func(context.Context, K) (V, error)
}

// givenUp is the number of waiters of a promise that nobody may join.
const givenUp = -1

type promise[V any] struct {
	waiters atomic.Int64
	begin   sync.Once
	ctx     context.Context
	cancel  context.CancelFunc
	kept    context.Context // done when the load has ended
	end     context.CancelFunc
	value   V
	err     error
	until   time.Time
}

// New returns an empty cache.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: load is nil")
	}
	return &Cache[K, V]{ttl: ttl, load: load}
}

// Get returns the value of key.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	for ctx.Err() == nil {
		p := c.find(key)
		if !p.join() {
			c.promises.CompareAndDelete(key, p)
			continue
		}
		p.begin.Do(func() { go c.fulfil(key, p) })
		select {
		case <-p.kept.Done():
			p.waiters.Add(-1)
			return p.value, p.err
		case <-ctx.Done():
		}
		if p.waiters.Add(-1) == 0 && p.kept.Err() == nil && p.waiters.CompareAndSwap(0, givenUp) {
			c.promises.CompareAndDelete(key, p)
			p.cancel()
		}
	}
	var zero V
	return zero, ctx.Err()
}

// join says whether the caller may wait for p, and then counts it in.
func (p *promise[V]) join() bool {
	for {
		n := p.waiters.Load()
		if n == givenUp || p.kept.Err() != nil && !time.Now().Before(p.until) {
			return false
		}
		if p.waiters.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (c *Cache[K, V]) find(key K) *promise[V] {
	if p, ok := c.promises.Load(key); ok {
		return p.(*promise[V])
	}
	p := &promise[V]{}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.kept, p.end = context.WithCancel(context.Background())
	actual, _ := c.promises.LoadOrStore(key, p)
	return actual.(*promise[V])
}

func (c *Cache[K, V]) fulfil(key K, p *promise[V]) {
	p.value, p.err = c.load(p.ctx, key)
	p.until = time.Now().Add(c.ttl)
	if p.err != nil || c.ttl <= 0 {
		p.until = time.Time{}
		c.promises.CompareAndDelete(key, p)
	}
	p.end()
	p.cancel()
}

// Forget drops the value of key.
func (c *Cache[K, V]) Forget(key K) { c.promises.Delete(key) }

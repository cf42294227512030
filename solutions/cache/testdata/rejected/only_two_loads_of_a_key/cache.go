// Rejected: TestForget fail: of a key only one load before Forget is known, and the waiters of an older one leave without being counted.

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

	mu    sync.Mutex
	slots map[K]*slot[V]
}

// slot is all that is known of a key.
type slot[V any] struct {
	kept      bool
	value     V
	until     func() bool
	now       *call[V] // under way
	forgotten *call[V] // also under way, but begun before Forget
}

type call[V any] struct {
	cancel  context.CancelFunc
	waiting map[chan result[V]]bool
}

type result[V any] struct {
	value V
	err   error
}

// New returns an empty cache.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic("cache: load is nil")
	}
	return &Cache[K, V]{ttl: ttl, load: load, slots: map[K]*slot[V]{}}
}

// slot returns what is known of key. The caller has the lock.
func (c *Cache[K, V]) slot(key K) *slot[V] {
	s := c.slots[key]
	if s == nil {
		s = &slot[V]{}
		c.slots[key] = s
	}
	return s
}

// Get returns the value of key.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	mine := make(chan result[V], 1)
	c.ask(key, mine)
	select {
	case r := <-mine:
		return r.value, r.err
	case <-ctx.Done():
		c.leave(key, mine)
		return zero, ctx.Err()
	}
}

func (c *Cache[K, V]) ask(key K, mine chan result[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.slot(key)
	if s.kept && s.until() {
		mine <- result[V]{value: s.value}
		return
	}
	if s.now == nil {
		s.now = c.start(key)
	}
	s.now.waiting[mine] = true
}

func (c *Cache[K, V]) start(key K) *call[V] {
	ctx, cancel := context.WithCancel(context.Background())
	a := &call[V]{cancel: cancel, waiting: map[chan result[V]]bool{}}
	go func() {
		defer cancel()
		v, err := c.load(ctx, key)
		c.deliver(key, a, result[V]{v, err})
	}()
	return a
}

func (c *Cache[K, V]) deliver(key K, a *call[V], r result[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for w := range a.waiting {
		w <- r
	}
	a.waiting = nil
	s := c.slot(key)
	switch a {
	case s.forgotten:
		s.forgotten = nil
	case s.now:
		s.now = nil
		if ended := time.Now(); r.err == nil && c.ttl > 0 {
			s.kept, s.value = true, r.value
			s.until = func() bool { return time.Since(ended) < c.ttl }
		}
	}
}

func (c *Cache[K, V]) leave(key K, mine chan result[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.slot(key)
	for _, a := range []**call[V]{&s.now, &s.forgotten} {
		if *a == nil || !(*a).waiting[mine] {
			continue
		}
		delete((*a).waiting, mine)
		if len((*a).waiting) == 0 {
			(*a).cancel()
			*a = nil
		}
	}
}

// Forget drops the value of key.
func (c *Cache[K, V]) Forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.slot(key)
	s.kept = false
	if s.now != nil {
		s.forgotten, s.now = s.now, nil
	}
}

// Rejected: TestForget fail: a timer that has fired as its value was forgotten clears the next one.

package cache

import (
	"context"
	"errors"
	"sync"
	"time"
)

// An object with a lock of its own for every key, which is never removed; the
// load is a state machine in it. The caller waits with a ctx-derived channel.
type phase int

const (
	empty phase = iota
	loading
	full
)

type keyed[K comparable, V any] struct {
	sync.Mutex
	phase phase
	cur   *call[V]
	value V
	timer *time.Timer
}

type call[V any] struct {
	out     chan result[V] // passed from hand to hand
	stop    context.CancelFunc
	waiters int
}

type result[V any] struct {
	value V
	err   error
}

type Cache[K comparable, V any] struct {
	keys sync.Map // K to *keyed
	ttl  time.Duration
	load func(context.Context, K) (V, error)
}

func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	if load == nil {
		panic(errors.New("cache: a cache needs a load"))
	}
	return &Cache[K, V]{ttl: ttl, load: load}
}

func (c *Cache[K, V]) of(key K) *keyed[K, V] {
	x, ok := c.keys.Load(key)
	if !ok {
		x, _ = c.keys.LoadOrStore(key, new(keyed[K, V]))
	}
	return x.(*keyed[K, V])
}

func (c *Cache[K, V]) Get(ctx context.Context, key K) (res V, err error) {
	k := c.of(key)
	k.Lock()
	if k.phase == full {
		defer k.Unlock()
		return k.value, nil
	}
	if err := ctx.Err(); err != nil {
		defer k.Unlock()
		return res, err
	}
	if k.phase == empty {
		k.phase = loading
		lctx, stop := context.WithCancel(context.Background())
		cl := &call[V]{out: make(chan result[V], 1), stop: stop}
		k.cur = cl
		go c.run(lctx, k, cl, key)
	}
	cl := k.cur
	cl.waiters++
	k.Unlock()
	select {
	case r := <-cl.out:
		cl.out <- r // for the next
		return r.value, r.err
	case <-ctx.Done():
		k.Lock()
		defer k.Unlock()
		cl.waiters--
		if cl.waiters == 0 {
			cl.stop()
			if k.phase == loading && k.cur == cl {
				k.phase, k.cur = empty, nil
			}
		}
		return res, ctx.Err()
	}
}

func (c *Cache[K, V]) run(ctx context.Context, k *keyed[K, V], cl *call[V], key K) {
	defer cl.stop()
	v, err := c.load(ctx, key)
	k.Lock()
	defer k.Unlock()
	cl.out <- result[V]{v, err}
	if k.cur != cl || k.phase != loading {
		return
	}
	k.cur, k.phase = nil, empty
	if err == nil && c.ttl > 0 {
		k.phase, k.value = full, v
		mine := time.AfterFunc(c.ttl, func() {
			k.Lock()
			defer k.Unlock()
			k.clear()
		})
		k.timer = mine
	}
}

func (k *keyed[K, V]) clear() {
	var zero V
	k.phase, k.cur, k.value, k.timer = empty, nil, zero, nil
}

func (c *Cache[K, V]) Forget(key K) {
	k := c.of(key)
	k.Lock()
	if k.timer != nil {
		k.timer.Stop()
	}
	k.clear()
	k.Unlock()
}

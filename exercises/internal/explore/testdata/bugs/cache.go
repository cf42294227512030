package bugs

import (
	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/explore/sync"
)

// TwiceCache looks, computes without the lock, and stores.
type TwiceCache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *TwiceCache) Get(key string, compute func() int) int {
	c.mu.Lock()
	v, ok := c.m[key]
	c.mu.Unlock()
	if ok {
		return v
	}
	v = compute()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil {
		c.m = map[string]int{}
	}
	c.m[key] = v
	return v
}

// Cache has one Once an entry.
type Cache struct {
	mu sync.RWMutex
	m  map[string]*entry
}

type entry struct {
	once  sync.Once
	value int
}

func (c *Cache) Get(key string, compute func() int) int {
	e := c.entry(key)
	e.once.Do(func() { e.value = compute() })
	return e.value
}

func (c *Cache) entry(key string) *entry {
	c.mu.RLock()
	e := c.m[key]
	c.mu.RUnlock()
	if e != nil {
		return e
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.m[key]; e != nil {
		return e
	}
	if c.m == nil {
		c.m = map[string]*entry{}
	}
	e = new(entry)
	c.m[key] = e
	return e
}

// EarlyOnce lets the second caller go on before f has ended.
type EarlyOnce struct{ done atomic.Bool }

func (o *EarlyOnce) Do(f func()) {
	if o.done.CompareAndSwap(false, true) {
		f()
	}
}

// Spin waits for a flag in a loop.
type Spin struct{ set atomic.Bool }

func (s *Spin) Set() { s.set.Store(true) }

func (s *Spin) Wait() {
	for !s.set.Load() {
	}
}

// Forever spins until its end of time.
type Forever struct{ never atomic.Bool }

func (s *Forever) Wait(turns int) {
	for range turns {
		if s.never.Load() {
			return
		}
		point.At("gosched")
	}
}

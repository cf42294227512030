// Package bugs has the seven bugs of the table that says what a check finds, as
// students write them.
package bugs

import (
	"sync"
	"sync/atomic"
)

// PlainCounter has no lock.
type PlainCounter struct{ n int }

func (c *PlainCounter) Inc() { c.n++ }

// Publisher writes the value before it locks.
type Publisher struct {
	mu    sync.Mutex
	ready bool
	value int
}

func (p *Publisher) Publish(v int) {
	p.value = v
	p.mu.Lock()
	p.ready = true
	p.mu.Unlock()
}

func (p *Publisher) Value() int {
	p.mu.Lock()
	p.ready = false
	p.mu.Unlock()
	return p.value
}

// HalfLocked locks when it writes and not when it reads.
type HalfLocked struct {
	mu sync.Mutex
	n  int
}

func (h *HalfLocked) Inc() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
}

func (h *HalfLocked) Value() int { return h.n }

// LoadStoreCounter loses updates.
type LoadStoreCounter struct{ n atomic.Int64 }

func (c *LoadStoreCounter) Inc()         { c.n.Store(c.n.Load() + 1) }
func (c *LoadStoreCounter) Value() int64 { return c.n.Load() }

// Account checks in one critical section and acts in another.
type Account struct {
	mu      sync.Mutex
	balance int
}

func (a *Account) Withdraw(n int) bool {
	a.mu.Lock()
	enough := a.balance >= n
	a.mu.Unlock()
	if !enough {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= n
	return true
}

func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Cache may compute a value twice.
type Cache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *Cache) Get(key string, compute func() int) int {
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

// Transfer locks in the order of its arguments.
func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

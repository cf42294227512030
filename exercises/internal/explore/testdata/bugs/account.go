// Package bugs has small programs as they look after rewriting, each in a wrong
// and in a right way.
package bugs

import (
	"errors"

	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/sync"
)

// ErrFunds says that a balance is too low.
var ErrFunds = errors.New("insufficient funds")

// SplitAccount checks and acts in two critical sections.
type SplitAccount struct {
	mu      sync.Mutex
	Balance int
}

func (a *SplitAccount) Withdraw(n int) error {
	a.mu.Lock()
	enough := a.Balance >= n
	a.mu.Unlock()
	if !enough {
		return ErrFunds
	}
	a.mu.Lock()
	a.Balance -= n
	a.mu.Unlock()
	return nil
}

// Account checks and acts in one.
type Account struct {
	mu      sync.Mutex
	Balance int
}

func (a *Account) Withdraw(n int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.Balance < n {
		return ErrFunds
	}
	a.Balance -= n
	return nil
}

// LoadStoreCounter loses updates.
type LoadStoreCounter struct{ N atomic.Int64 }

func (c *LoadStoreCounter) Inc() { c.N.Store(c.N.Load() + 1) }

// Counter retries until nothing came in between.
type Counter struct{ N atomic.Int64 }

func (c *Counter) Inc() {
	for {
		n := c.N.Load()
		if c.N.CompareAndSwap(n, n+1) {
			return
		}
	}
}

// PlainCounter has no lock.
type PlainCounter struct{ N int }

func (c *PlainCounter) Inc() { c.N++ }

// Publisher writes before it locks.
type Publisher struct {
	mu    sync.Mutex
	ready int
	value int
}

func (p *Publisher) Publish() {
	p.value = 42
	p.mu.Lock()
	p.ready++
	p.mu.Unlock()
}

func (p *Publisher) Read() int {
	p.mu.Lock()
	p.ready++
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

func (h *HalfLocked) Get() int { return h.n }

// Transfer locks in the order of its arguments.
func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.Balance -= n
	to.Balance += n
}

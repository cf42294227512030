// Rejected: TestIOPanics fail: what io panic with waits in the GIL, and the body that has the lock first gets the latest.

package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	mu sync.Mutex // held by the body that runs

	ended  sync.Mutex
	thrown []any // by io whose bodies do not have the lock yet
}

// attempt runs io and keeps what it panics with.
func (g *GIL) attempt(io func()) {
	defer func() {
		if value := recover(); value != nil {
			g.ended.Lock()
			defer g.ended.Unlock()
			g.thrown = append(g.thrown, value)
		}
	}()
	io()
}

// rethrow panics with what an io panicked with.
func (g *GIL) rethrow() {
	g.ended.Lock()
	last := len(g.thrown) - 1
	if last < 0 {
		g.ended.Unlock()
		return
	}
	value := g.thrown[last]
	g.thrown = g.thrown[:last]
	g.ended.Unlock()
	panic(value)
}

// Run runs body while it holds the lock.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	body(func(io func()) {
		if io == nil {
			panic("gil: nil io")
		}
		g.mu.Unlock()
		g.attempt(io)
		g.mu.Lock()
		g.rethrow()
	})
}

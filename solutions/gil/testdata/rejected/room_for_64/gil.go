// Rejected: TestOneAtATime fail: when more than 64 wait, the next one waits for room in the line with the inner lock held.
package gil

import "sync"

// GIL hands the lock to who has waited longest.
type GIL struct {
	mu     sync.Mutex
	once   sync.Once
	locked bool
	line   chan chan struct{} // who waits, in order
}

// Run runs body while it holds the lock.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: Run of a nil body")
	}
	g.lock()
	defer g.unlock()
	body(g.blocking)
}

func (g *GIL) blocking(io func()) {
	if io == nil {
		panic("gil: blocking call of a nil io")
	}
	g.unlock()
	defer g.lock()
	io()
}

func (g *GIL) lock() {
	g.once.Do(func() { g.line = make(chan chan struct{}, 64) })
	g.mu.Lock()
	if !g.locked {
		g.locked = true
		g.mu.Unlock()
		return
	}
	turn := make(chan struct{})
	g.line <- turn
	g.mu.Unlock()
	<-turn
}

func (g *GIL) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case turn := <-g.line:
		close(turn) // the lock stays locked, and is theirs
	default:
		g.locked = false
	}
}

// Rejected: TestHeldAgain deadlock: who is woken may have to let those back from io go first, and waits on without waking them.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	mu     sync.Mutex
	freed  *sync.Cond
	locked bool
	back   int // how many are back from io: they go first
}

func (g *GIL) lock(back bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.freed == nil {
		g.freed = sync.NewCond(&g.mu)
	}
	if back {
		g.back++
		for g.locked {
			g.freed.Wait()
		}
		g.back--
	} else {
		for g.locked || g.back > 0 {
			g.freed.Wait()
		}
	}
	g.locked = true
}

func (g *GIL) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.locked = false
	g.freed.Signal()
}

// Run runs body while it holds the lock.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: Run of a nil body")
	}
	g.lock(false)
	defer g.unlock()
	body(func(io func()) {
		if io == nil {
			panic("gil: blocking of a nil io")
		}
		g.unlock()
		defer g.lock(true)
		io()
	})
}

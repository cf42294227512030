// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import "sync"

// GIL is a global interpreter lock that is handed over in order of arrival.
type GIL struct {
	mu    sync.Mutex // guards what follows, for a moment
	taken bool
	line  []chan struct{} // of those that wait; closed when it is their turn
}

// Run runs body while it holds the lock.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	g.acquire()
	defer g.release()
	body(g.blocking)
}

func (g *GIL) blocking(io func()) {
	if io == nil {
		panic("gil: nil io")
	}
	g.release()
	defer g.acquire()
	io()
}

func (g *GIL) acquire() {
	g.mu.Lock()
	if !g.taken {
		g.taken = true
		g.mu.Unlock()
		return
	}
	turn := make(chan struct{})
	g.line = append(g.line, turn)
	g.mu.Unlock()
	<-turn
}

// release hands the lock over to the first in line, who need not take it.
func (g *GIL) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.line) == 0 {
		g.taken = false
		return
	}
	close(g.line[0])
	g.line = g.line[1:]
}

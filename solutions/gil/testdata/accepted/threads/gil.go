// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import "sync"

// GIL is a global interpreter lock, with a thread of its own for every body and
// every io.
type GIL struct {
	mu     sync.Mutex
	freed  *sync.Cond // made when it is first needed
	locked bool
}

// Run runs body on a goroutine of its own and carries its panic back.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	g.lock()
	value := thread(func() { body(g.blocking) })
	g.unlock()
	if value != nil {
		panic(value)
	}
}

func (g *GIL) blocking(io func()) {
	if io == nil {
		panic("gil: nil io")
	}
	g.unlock()
	value := thread(io)
	g.lock()
	if value != nil {
		panic(value)
	}
}

// thread runs f on a goroutine of its own and returns what it panics with.
func thread(f func()) any {
	ended := make(chan any)
	go func() {
		defer func() { ended <- recover() }()
		f()
	}()
	return <-ended
}

func (g *GIL) lock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.freed == nil {
		g.freed = sync.NewCond(&g.mu)
	}
	for g.locked {
		g.freed.Wait()
	}
	g.locked = true
}

func (g *GIL) unlock() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.locked = false
	g.freed.Signal()
}

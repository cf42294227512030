// Rejected: TestOneAtATime fail: two bodies see the same free flag and both take it

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"runtime"
	"sync/atomic"
)

// GIL is a global interpreter lock. The zero value is ready. Run may be called
// from any number of goroutines at the same time.
type GIL struct {
	taken atomic.Bool
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: Run of a nil body")
	}
	g.lock()
	defer g.taken.Store(false)
	body(g.blocking)
}

func (g *GIL) lock() {
	for g.taken.Load() {
		runtime.Gosched()
	}
	g.taken.Store(true)
}

// blocking runs io with the lock free. Its caller holds the lock before and
// after.
func (g *GIL) blocking(io func()) {
	if io == nil {
		panic("gil: blocking call of a nil io")
	}
	g.taken.Store(false)
	defer g.lock()
	io()
}

// Rejected: TestIOPanics fail: once an io has panicked, the body keeps the lock during those that follow.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready. Run may be called
// from any number of goroutines at the same time.
type GIL struct {
	mu sync.Mutex // held by the body that runs, except while its io runs
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: Run of a nil body")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	failed := false
	body(func(io func()) {
		if io == nil {
			panic("gil: blocking call of a nil io")
		}
		if failed { // the body is on its way out: nobody else need run before
			io()
			return
		}
		failed = true
		g.blocking(io)
		failed = false
	})
}

// blocking runs io with the lock free. Its caller holds the lock before and
// after.
func (g *GIL) blocking(io func()) {
	g.mu.Unlock()
	// Deferred, since a panic in io goes on into body: without the lock, body would
	// run beside others, and Run would unlock a lock that is not its own.
	defer g.mu.Lock()
	io()
}

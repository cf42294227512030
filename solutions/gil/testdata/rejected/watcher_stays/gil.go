// Rejected: TestBodyPanics leak: after a panic the goroutine that watches body stays for a minute.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"log"
	"sync"
	"time"
)

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
	ended := make(chan struct{})
	go func() { // says who keeps everybody waiting
		select {
		case <-ended:
		case <-time.After(time.Minute):
			log.Print("gil: a body runs for a minute")
		}
	}()
	body(g.blocking)
	close(ended)
}

// blocking runs io with the lock free. Its caller holds the lock before and
// after.
func (g *GIL) blocking(io func()) {
	if io == nil {
		panic("gil: blocking call of a nil io")
	}
	g.mu.Unlock()
	// Deferred, since a panic in io goes on into body: without the lock, body would
	// run beside others, and Run would unlock a lock that is not its own.
	defer g.mu.Lock()
	io()
}

// Rejected: TestIOOverlaps fail: after five seconds body goes on without the lock.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"sync"
	"time"
)

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	once sync.Once
	free chan struct{}
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: body is nil")
	}
	g.once.Do(func() { g.free = make(chan struct{}, 1) })
	g.free <- struct{}{}
	held := true
	defer func() {
		if held {
			<-g.free
		}
	}()
	body(func(io func()) {
		if io == nil {
			panic("gil: io is nil")
		}
		if held {
			<-g.free
		}
		held = false
		defer func() {
			select {
			case g.free <- struct{}{}:
				held = true
			case <-time.After(5 * time.Second):
			}
		}()
		io()
	})
}

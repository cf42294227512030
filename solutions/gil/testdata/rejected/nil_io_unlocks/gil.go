// Rejected: TestNilCallbacks fail: a body that recovers the panic of blocking(nil) goes on without the lock.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"sync"
)

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct{ mu sync.Mutex }

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: body is nil")
	}
	held := false
	lock := func() {
		if !held {
			g.mu.Lock()
			held = true
		}
	}
	unlock := func() {
		if held {
			held = false
			g.mu.Unlock()
		}
	}
	lock()
	defer unlock()
	body(func(io func()) {
		unlock()
		if io == nil {
			panic("gil: io is nil")
		}
		defer lock()
		io()
	})
}

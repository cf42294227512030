// Rejected: TestIOPanics fail: a panic in io with an empty text is not one.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"fmt"
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
	g.mu.Lock()
	defer g.mu.Unlock()
	body(func(io func()) {
		if io == nil {
			panic("gil: io is nil")
		}
		g.mu.Unlock()
		defer func() {
			p := recover()
			g.mu.Lock()
			if p != nil && fmt.Sprint(p) != "" {
				panic(p)
			}
		}()
		io()
	})
}

// Rejected: TestNilCallbacks fail: a nil io panics at the end of Run, not in blocking.
package gil

import "sync"

type GIL struct {
	mu sync.Mutex
}

func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: body is nil")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	bad := false
	defer func() {
		if bad {
			panic("gil: io is nil")
		}
	}()
	body(func(io func()) {
		if io == nil {
			bad = true
			return
		}
		g.mu.Unlock()
		defer g.mu.Lock()
		io()
	})
}

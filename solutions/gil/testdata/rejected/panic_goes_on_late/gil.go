// Rejected: TestIOPanics fail: a panic in io goes on when body has ended, which knows nothing of it.
package gil

import (
	"sync"
)

type GIL struct {
	mu sync.Mutex
}

func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: body is nil")
	}
	var thrown any
	func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		body(func(io func()) {
			if io == nil {
				panic("gil: io is nil")
			}
			g.mu.Unlock()
			defer func() {
				if r := recover(); r != nil {
					thrown = r
				}
				g.mu.Lock()
			}()
			io()
		})
	}()
	if thrown != nil {
		panic(thrown)
	}
}

// Rejected: TestNilCallbacks fail: a nil body is called, so that the panic is the runtime's.
package gil

import (
	"sync"
)

type GIL struct{ mu sync.Mutex }

func (g *GIL) Run(body func(blocking func(io func()))) {
	g.mu.Lock()
	defer g.mu.Unlock()
	body(func(io func()) {
		if io == nil {
			panic("gil: nil io")
		}
		g.mu.Unlock()
		defer g.mu.Lock()
		io()
	})
}

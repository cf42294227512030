// Rejected: TestIOOverlaps fail: the lock is freed for the first io of a body, and kept during the others.
package gil

import (
	"sync"
)

type GIL struct{ mu sync.Mutex }

func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	free := false
	body(func(io func()) {
		if io == nil {
			panic("gil: nil io")
		}
		if !free {
			free = true
			g.mu.Unlock()
			defer g.mu.Lock()
		}
		io()
	})
}

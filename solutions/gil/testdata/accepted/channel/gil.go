// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	once sync.Once
	free chan struct{} // holds one token when nobody holds the lock
}

// Run runs body while it has the token.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	g.once.Do(func() {
		g.free = make(chan struct{}, 1)
		g.free <- struct{}{}
	})
	<-g.free
	defer func() { g.free <- struct{}{} }()
	body(func(io func()) {
		if io == nil {
			panic("gil: nil io")
		}
		g.free <- struct{}{}
		defer func() { <-g.free }()
		io()
	})
}

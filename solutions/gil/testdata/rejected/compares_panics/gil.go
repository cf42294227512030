// Rejected: TestIOPanics fail: whether a panic is that of an io is found out by ==, which itself panics over a slice.

package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	mu     sync.Mutex
	bodies int // that have failed by themselves
	others int // that have failed by an io
}

// Run runs body while it holds the lock.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: nil body")
	}
	var ofIO any // what the latest io panicked with
	g.mu.Lock()
	defer g.mu.Unlock()
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if value == ofIO {
			g.others++
		} else {
			g.bodies++
		}
		panic(value)
	}()
	body(func(io func()) {
		if io == nil {
			panic("gil: nil io")
		}
		g.mu.Unlock()
		defer func() {
			value := recover()
			g.mu.Lock()
			if value != nil {
				ofIO = value
				panic(value)
			}
		}()
		io()
	})
}

// Rejected: TestIOOverlaps leak: a goroutine that notes slow bodies ends a minute after Run.

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

import (
	"sync"
	"sync/atomic"
	"time"
)

// GIL is a global interpreter lock. The zero value is ready.
type GIL struct {
	mu   sync.Mutex
	slow atomic.Int64 // bodies that took more than a minute
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: body is nil")
	}
	var ended atomic.Bool
	defer ended.Store(true)
	go func() {
		time.Sleep(time.Minute)
		if !ended.Load() {
			g.slow.Add(1)
		}
	}()
	g.mu.Lock()
	defer g.mu.Unlock()
	body(func(io func()) {
		if io == nil {
			panic("gil: io is nil")
		}
		g.mu.Unlock()
		defer g.mu.Lock()
		io()
	})
}

// Rejected: TestIOPanics fail: the lock is held again after the first io that panics, and after the next one it is not.

package gil

import "sync"

// GIL is a global interpreter lock. The zero value is ready. Run may be called
// from any number of goroutines at the same time.
type GIL struct {
	mu sync.Mutex // held by the body that runs, except while its io runs
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended.
func (g *GIL) Run(body func(blocking func(io func()))) {
	if body == nil {
		panic("gil: Run of a nil body")
	}
	var again sync.Once // for a panic goes on to the end
	held := true
	hold := func() {
		g.mu.Lock()
		held = true
	}
	g.mu.Lock()
	defer func() {
		if held {
			g.mu.Unlock()
		}
	}()
	body(func(io func()) {
		if io == nil {
			panic("gil: blocking call of a nil io")
		}
		if held {
			held = false
			g.mu.Unlock()
		}
		ended := false
		defer func() {
			if !ended {
				again.Do(hold)
			}
		}()
		io()
		ended = true
		hold()
	})
}

// Package gil has a lock like that of CPython: one for the whole interpreter, and
// free while somebody waits for input or output.
package gil

// GIL is a global interpreter lock. The zero value is ready. Run may be called
// from any number of goroutines at the same time.
type GIL struct {
	// Your fields.
}

// Run runs body while it holds the lock, so that bodies run one at a time, and
// returns when body has ended. Who of those that wait goes first is open.
//
// Body may call blocking, which runs io with the lock free and holds the lock
// again before it returns. Any number of io may run at the same time, and io may
// call Run.
//
// A panic in body leaves the lock free and reaches Run's caller with the same
// value. A panic in io goes on into body, with the lock held again. A nil body
// panics in Run, a nil io in blocking.
func (g *GIL) Run(body func(blocking func(io func()))) {
}

// Package eventloop processes messages one at a time: callbacks that are posted
// from anywhere, and timers, all on one goroutine.
package eventloop

import (
	"context"
	"errors"
	"time"
)

// ErrClosed is the error of a Post to a closed loop.
var ErrClosed = errors.New("eventloop: closed")

// Loop is an event loop. Post, After, Close and the cancel functions of timers may
// be called from any goroutine, and from callbacks.
type Loop struct {
	// Your fields.
}

// New returns a loop that waits for its Run.
func New() *Loop {
	return nil
}

// Post puts fn behind the callbacks posted before. It never blocks; what is posted
// before Run waits for it. On a closed loop it gives ErrClosed. A nil fn panics.
func (l *Loop) Post(fn func()) error {
	return nil
}

// After has fn run on the loop as soon as d has passed and no callback runs
// (d <= 0: at once), by due time and then by order of the calls of After. Posts and
// timers do not starve each other. cancel called on the loop is exact: a timer that
// has not started never will. Called elsewhere it may come too late for a callback
// just picked. On a closed loop After does nothing. A nil fn panics.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	return nil
}

// Run executes callbacks on the caller's goroutine, one at a time, and sleeps while
// there is nothing to do. It returns nil when the loop is closed and what was posted
// has run, and ctx's error, without running the rest, when ctx is done. It is called
// once.
func (l *Loop) Run(ctx context.Context) error {
	return nil
}

// Close lets Run finish what was posted, drop every timer that has not started, and
// return. It does not block and may be called again, also from callbacks.
func (l *Loop) Close() {
}

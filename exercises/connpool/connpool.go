// Package connpool keeps connections that nobody needs for a while, and hands
// them out again.
package connpool

import (
	"context"
	"errors"
	"net"
	"time"
)

// ErrClosed is the error of Get after Close.
var ErrClosed = errors.New("connpool: closed")

// Pool is a bounded number of connections. Its methods may be called from any
// number of goroutines at the same time.
type Pool struct {
	// Your fields.
}

// New returns a pool of at most max connections made by dial. A connection that
// lies idle is closed after idle; idle <= 0 keeps none. New panics when max < 1
// or dial is nil. It may start one goroutine, which lives until Close.
func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	return nil
}

// Get returns the idle connection that was used most recently, or a new one. When
// max connections are open it waits, first come, first served. It returns dial's
// error when that fails, ErrClosed when the pool is or gets closed, and ctx's
// error, at once, when ctx is done, even if dial ignores ctx.
func (p *Pool) Get(ctx context.Context) (net.Conn, error) {
	return nil, nil
}

// Put gives back a connection that Get returned. A broken one is closed, and so
// is any after Close.
func (p *Pool) Put(c net.Conn, broken bool) {
}

// Close closes the idle connections and wakes with ErrClosed all who wait. It
// may be called more than once.
func (p *Pool) Close() {
}

// Package reactor serves many connections in one loop: readers wait, and every
// callback runs on the goroutine that called Run.
package reactor

import (
	"context"
	"io"
)

// Handler is what becomes of a connection. Both functions are required.
type Handler struct {
	OnData  func(p []byte)  // gets each piece of data, in order; p is the handler's to keep
	OnClose func(err error) // called once, after the last OnData: nil at io.EOF, else the error
}

// Reactor runs the handlers of its connections, one at a time.
type Reactor struct {
	// Your fields.
}

// New returns a reactor without connections.
func New() *Reactor {
	return nil
}

// Register adds a connection, before or during Run, from any goroutine and from
// handlers. It starts no goroutine before Run. A missing connection or handler
// function panics.
func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
}

// Run reads all connections at the same time and runs their handlers on its
// caller's goroutine, one at a time. At a connection's end it closes it, once,
// and then calls OnClose. It returns nil when no connection is left.
//
// When ctx is done, data not yet delivered is dropped; every connection not yet
// reported, also one registered meanwhile, is closed, its reader has ended, and
// its OnClose gets ctx's error. Then Run returns it.
func (r *Reactor) Run(ctx context.Context) error {
	return nil
}

// Rejected: TestDataInOrder fail: the 65th piece of a connection is written over the first.

package reactor

import (
	"context"
	"errors"
	"io"
	"sync"
)

// Handler is what becomes of a connection. Both functions are required.
type Handler struct {
	OnData  func(p []byte)  // gets each piece of data, in order; p is the handler's to keep
	OnClose func(err error) // called once, after the last OnData: nil at io.EOF, else the error
}

// Reactor runs the handlers of its connections, one at a time.
type Reactor struct {
	events chan event    // from readers to Run, handed over one by one
	wake   chan struct{} // tells Run, with room for one, that added is not empty

	mu    sync.Mutex
	added []*connection // registered, and not yet taken over by Run
}

type connection struct {
	io.ReadCloser
	Handler
}

// event is what a reader met: data, or the end.
type event struct {
	from *connection
	data []byte
	err  error
}

// New returns a reactor without connections.
func New() *Reactor {
	return &Reactor{events: make(chan event), wake: make(chan struct{}, 1)}
}

// Register adds a connection, before or during Run, from any goroutine and from
// handlers.
func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	if conn == nil || h.OnData == nil || h.OnClose == nil {
		panic("reactor: Register needs a connection, OnData and OnClose")
	}
	r.mu.Lock()
	r.added = append(r.added, &connection{conn, h})
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default: // Run will look anyway
	}
}

// take returns what was registered since the last call.
func (r *Reactor) take() []*connection {
	r.mu.Lock()
	defer r.mu.Unlock()
	added := r.added
	r.added = nil
	return added
}

// Run reads all connections at the same time and runs their handlers on its
// caller's goroutine, one at a time.
func (r *Reactor) Run(ctx context.Context) error {
	var readers sync.WaitGroup
	open := map[*connection]bool{}
	for ctx.Err() == nil {
		for _, c := range r.take() {
			open[c] = true
			readers.Go(func() { r.read(ctx, c) })
		}
		if len(open) == 0 {
			return nil
		}
		select {
		case <-r.wake:
		case <-ctx.Done():
		case e := <-r.events:
			// The coin that select tosses may have fallen on the event.
			if ctx.Err() == nil {
				e.handle(open)
			}
		}
	}
	for c := range open {
		c.Close() // a reader that waits in Read ends by this
	}
	readers.Wait()
	for c := range open {
		c.OnClose(ctx.Err())
	}
	for added := r.take(); len(added) > 0; added = r.take() { // an OnClose may register
		for _, c := range added {
			c.Close()
			c.OnClose(ctx.Err())
		}
	}
	return ctx.Err()
}

func (e event) handle(open map[*connection]bool) {
	if e.err == nil {
		e.from.OnData(e.data)
		return
	}
	delete(open, e.from)
	e.from.Close()
	if errors.Is(e.err, io.EOF) {
		e.err = nil
	}
	e.from.OnClose(e.err)
}

// read waits for c alone, so that a silent connection delays nobody else. What
// it reads it hands to Run: to call a handler here would run it on this
// goroutine.
func (r *Reactor) read(ctx context.Context, c *connection) {
	var ring [64][]byte
	for turn := 0; ; {
		if ring[turn] == nil {
			ring[turn] = make([]byte, 4096)
		}
		buf := ring[turn]
		n, err := c.Read(buf)
		// Data first, even beside an error.
		if n > 0 {
			if !r.send(ctx, event{from: c, data: buf[:n:n]}) {
				return
			}
			turn = (turn + 1) % len(ring) // the handler may still have buf
		}
		if err != nil {
			r.send(ctx, event{from: c, err: err})
			return
		}
	}
}

// send hands e to Run, unless Run has stopped listening.
func (r *Reactor) send(ctx context.Context, e event) bool {
	select {
	case r.events <- e:
		return true
	case <-ctx.Done():
		return false
	}
}

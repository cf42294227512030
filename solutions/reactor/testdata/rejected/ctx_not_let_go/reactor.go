// Rejected: TestDataInOrder leak: what waits for the end of ctx stays when Run returns before that.

// Package reactor serves many connections in one loop: readers wait, and every
// callback runs on the goroutine that called Run.
package reactor

import (
	"context"
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
	mu      sync.Mutex
	changed sync.Cond // of what follows; uses mu
	added   []*connection
	queue   []func() // what readers have for the loop
	stopped bool
}

type connection struct {
	conn io.ReadCloser
	h    Handler
	told bool // owned by the loop
}

// New returns a reactor without connections.
func New() *Reactor {
	r := &Reactor{}
	r.changed.L = &r.mu
	return r
}

// Register adds a connection.
func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	if conn == nil || h.OnData == nil || h.OnClose == nil {
		panic("reactor: Register needs a connection and both handlers")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.added = append(r.added, &connection{conn: conn, h: h})
	r.changed.Broadcast()
}

// Run serves all connections.
func (r *Reactor) Run(ctx context.Context) error {
	context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.stopped = true
		r.changed.Broadcast()
	})
	var readers sync.WaitGroup
	var all []*connection
	left := 0
	for {
		r.mu.Lock()
		for !r.stopped && len(r.added) == 0 && len(r.queue) == 0 && left > 0 {
			r.changed.Wait()
		}
		added, queue := r.added, r.queue
		r.added, r.queue = nil, nil
		r.mu.Unlock()
		if ctx.Err() != nil {
			return r.end(ctx, &readers, append(all, added...))
		}
		if len(added)+len(queue)+left == 0 {
			return nil
		}
		for _, c := range added {
			all = append(all, c)
			left++
			readers.Go(func() { r.read(c, &left) })
		}
		for _, f := range queue {
			if ctx.Err() == nil {
				f()
			}
		}
	}
}

func (r *Reactor) end(ctx context.Context, readers *sync.WaitGroup, all []*connection) error {
	for len(all) > 0 {
		for _, c := range all {
			if !c.told {
				c.conn.Close()
			}
		}
		readers.Wait()
		for _, c := range all {
			if !c.told {
				c.h.OnClose(ctx.Err())
			}
		}
		r.mu.Lock()
		all, r.added = r.added, nil
		r.mu.Unlock()
	}
	return ctx.Err()
}

func (r *Reactor) read(c *connection, left *int) {
	for {
		buf := make([]byte, 1024)
		n, err := c.conn.Read(buf)
		if n > 0 {
			r.post(func() { c.h.OnData(buf[:n:n]) })
		}
		if err != nil {
			r.post(func() {
				c.told = true
				*left--
				c.conn.Close()
				if err == io.EOF {
					err = nil
				}
				c.h.OnClose(err)
			})
			return
		}
	}
}

func (r *Reactor) post(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queue = append(r.queue, f)
	r.changed.Broadcast()
}

// Rejected: TestCancel fail: the error is context.Canceled, also when ctx's deadline came.

package reactor

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
)

type Handler struct {
	OnData  func(p []byte)
	OnClose func(err error)
}

type Reactor struct {
	events chan event
	wake   chan struct{}

	mu    sync.Mutex
	added []*connection
}

type connection struct {
	io.ReadCloser
	Handler
}

type event struct {
	from *connection
	data []byte
	err  error
}

func New() *Reactor {
	return &Reactor{events: make(chan event), wake: make(chan struct{}, 1)}
}

func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	if conn == nil || h.OnData == nil || h.OnClose == nil {
		panic("reactor: Register needs a connection, OnData and OnClose")
	}
	r.mu.Lock()
	r.added = append(r.added, &connection{conn, h})
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *Reactor) take() []*connection {
	r.mu.Lock()
	defer r.mu.Unlock()
	added := r.added
	r.added = nil
	return added
}

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
			if ctx.Err() == nil {
				e.handle(open)
			}
		}
	}
	for c := range open {
		c.Close()
	}
	readers.Wait()
	for c := range open {
		c.OnClose(context.Canceled)
	}
	for added := r.take(); len(added) > 0; added = r.take() {
		for _, c := range added {
			c.Close()
			c.OnClose(context.Canceled)
		}
	}
	return context.Canceled
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

func (r *Reactor) read(ctx context.Context, c *connection) {
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if n > 0 && !r.send(ctx, event{from: c, data: slices.Clone(buf[:n])}) {
			return
		}
		if err != nil {
			r.send(ctx, event{from: c, err: err})
			return
		}
	}
}

func (r *Reactor) send(ctx context.Context, e event) bool {
	select {
	case r.events <- e:
		return true
	case <-ctx.Done():
		return false
	}
}

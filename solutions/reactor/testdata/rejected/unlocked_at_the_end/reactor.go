// Rejected: TestEverySchedule race: what is registered meanwhile is looked at without the lock.
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
	mu   sync.Mutex
	list []*link
	loop chan func()
	more chan bool // has room for one
}

type link struct {
	conn io.ReadCloser
	h    Handler
	end  chan struct{} // closed when its reader has ended
	over bool
}

// New returns a reactor without connections.
func New() *Reactor { return &Reactor{loop: make(chan func()), more: make(chan bool, 1)} }

// Register adds a connection.
func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	switch {
	case conn == nil:
		panic("reactor: no connection")
	case h.OnData == nil, h.OnClose == nil:
		panic("reactor: a handler is missing")
	}
	r.mu.Lock()
	r.list = append(r.list, &link{conn: conn, h: h})
	r.mu.Unlock()
	select {
	case r.more <- true:
	default:
	}
}

// Run serves all connections.
func (r *Reactor) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for {
		open := r.start(ctx)
		if err := ctx.Err(); err != nil {
			r.stop(err)
			return err
		}
		if open == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-r.more:
		case f := <-r.loop:
			if ctx.Err() == nil {
				f()
			}
		}
	}
}

// start starts the readers of new links, forgets the links that are over, and
// counts the others.
func (r *Reactor) start(ctx context.Context) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	var open []*link
	for _, l := range r.list {
		if l.over {
			continue
		}
		open = append(open, l)
		if l.end == nil && ctx.Err() == nil {
			l.end = make(chan struct{})
			go l.read(ctx, r.loop)
		}
	}
	r.list = open
	return len(open)
}

func (r *Reactor) stop(err error) {
	for {
		if len(r.list) == 0 {
			return
		}
		l := r.list[0]
		r.list = r.list[1:]
		l.conn.Close()
		if l.end != nil {
			<-l.end
		}
		l.h.OnClose(err)
	}
}

func (l *link) read(ctx context.Context, loop chan<- func()) {
	defer close(l.end)
	for {
		p := make([]byte, 512)
		n, err := l.conn.Read(p)
		if n > 0 {
			select {
			case loop <- func() { l.h.OnData(p[:n]) }:
			case <-ctx.Done():
				return
			}
		}
		if err == nil {
			continue
		}
		select {
		case loop <- func() { l.finish(err) }:
		case <-ctx.Done():
		}
		return
	}
}

func (l *link) finish(err error) {
	l.over = true
	l.conn.Close()
	if err == io.EOF {
		err = nil
	}
	l.h.OnClose(err)
}

// Rejected: TestRegister fail: Run is over before the OnClose that registers another connection

package reactor

import (
	"context"
	"io"
	"sync"
)

type Handler struct {
	OnData  func(p []byte)
	OnClose func(err error)
}

type source struct {
	conn io.ReadCloser
	h    Handler
	done chan struct{} // reader ended
}

type event struct {
	s    *source
	data []byte
	err  error
}

type Reactor struct {
	mu    sync.Mutex
	fresh []*source
	note  chan struct{}
}

func New() *Reactor { return &Reactor{note: make(chan struct{}, 1)} }

func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	if conn == nil || h.OnData == nil || h.OnClose == nil {
		panic("reactor: Register needs a connection and both handlers")
	}
	r.mu.Lock()
	r.fresh = append(r.fresh, &source{conn: conn, h: h, done: make(chan struct{})})
	r.mu.Unlock()
	select {
	case r.note <- struct{}{}:
	default:
	}
}

func (r *Reactor) take() []*source {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.fresh
	r.fresh = nil
	return f
}

func read(s *source, events chan<- event, quit <-chan struct{}) {
	defer close(s.done)
	for {
		buf := make([]byte, 4096)
		n, err := s.conn.Read(buf)
		if n == 0 && err == nil {
			continue
		}
		select {
		case events <- event{s, buf[:n], err}:
		case <-quit:
			return
		}
		if err != nil {
			return
		}
	}
}

func (r *Reactor) Run(ctx context.Context) error {
	events, quit := make(chan event), make(chan struct{})
	open := map[*source]bool{}
	for {
		for _, s := range r.take() {
			open[s] = true
			if ctx.Err() != nil {
				close(s.done)
				continue
			}
			go read(s, events, quit)
		}
		if len(open) == 0 {
			return nil
		}
		if ctx.Err() != nil {
			return r.shutdown(ctx, open, quit)
		}
		select {
		case <-ctx.Done():
			return r.shutdown(ctx, open, quit)
		case <-r.note:
		case e := <-events:
			if ctx.Err() != nil {
				return r.shutdown(ctx, open, quit)
			}
			if len(e.data) > 0 {
				e.s.h.OnData(e.data)
				if ctx.Err() != nil {
					return r.shutdown(ctx, open, quit)
				}
			}
			if e.err != nil {
				<-e.s.done
				e.s.conn.Close()
				delete(open, e.s)
				last := len(open) == 0
				if e.err == io.EOF {
					e.err = nil
				}
				e.s.h.OnClose(e.err)
				if last {
					return nil
				}
			}
		}
	}
}

func (r *Reactor) shutdown(ctx context.Context, open map[*source]bool, quit chan struct{}) error {
	close(quit)
	for s := range open {
		s.conn.Close()
		<-s.done
		s.h.OnClose(ctx.Err())
	}
	for {
		more := r.take()
		if len(more) == 0 {
			return ctx.Err()
		}
		for _, s := range more {
			s.conn.Close()
			s.h.OnClose(ctx.Err())
		}
	}
}

// Rejected: TestCancel fail: when an OnData ends ctx, nobody hears of the end that came with that data

// Package reactor serves many connections in one loop: a reader for each hands
// what it met, data or the end or both, to the goroutine that runs the loop.
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

type item struct {
	conn io.ReadCloser
	h    Handler
}

type event struct {
	it   *item
	data []byte
	err  error
}

type Reactor struct {
	mu      sync.Mutex
	pending []*item
	wake    chan struct{}
}

func New() *Reactor {
	return &Reactor{wake: make(chan struct{}, 1)}
}

func (r *Reactor) Register(conn io.ReadCloser, h Handler) {
	if conn == nil || h.OnData == nil || h.OnClose == nil {
		panic("reactor: Register needs a connection and both handlers")
	}
	r.mu.Lock()
	r.pending = append(r.pending, &item{conn, h})
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *Reactor) take() []*item {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.pending
	r.pending = nil
	return p
}

func read(it *item, events chan<- event, quit <-chan struct{}) {
	for {
		buf := make([]byte, 1024)
		n, err := it.conn.Read(buf)
		if n == 0 && err == nil {
			continue
		}
		select {
		case events <- event{it, buf[:n:n], err}:
		case <-quit:
			return
		}
		if err != nil {
			return
		}
	}
}

func (r *Reactor) Run(ctx context.Context) error {
	events := make(chan event)
	quit := make(chan struct{})
	live := map[*item]bool{}
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		if ctx.Err() != nil {
			return r.shutdown(ctx, live, quit, &wg)
		}
		for _, it := range r.take() {
			live[it] = true
			wg.Go(func() { read(it, events, quit) })
		}
		if len(live) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-r.wake:
		case ev := <-events:
			if ctx.Err() != nil {
				continue
			}
			if len(ev.data) > 0 {
				ev.it.h.OnData(ev.data)
				if ctx.Err() != nil && ev.err != nil {
					delete(live, ev.it)
					ev.it.conn.Close()
					continue
				}
			}
			if ev.err != nil && ctx.Err() == nil {
				delete(live, ev.it)
				ev.it.conn.Close()
				if ev.err == io.EOF {
					ev.it.h.OnClose(nil)
				} else {
					ev.it.h.OnClose(ev.err)
				}
			}
		}
	}
}

func (r *Reactor) shutdown(ctx context.Context, live map[*item]bool, quit chan struct{}, wg *sync.WaitGroup) error {
	close(quit)
	for it := range live {
		it.conn.Close()
	}
	wg.Wait()
	for it := range live {
		it.h.OnClose(ctx.Err())
	}
	for more := r.take(); len(more) > 0; more = r.take() {
		for _, it := range more {
			it.conn.Close()
			it.h.OnClose(ctx.Err())
		}
	}
	return ctx.Err()
}

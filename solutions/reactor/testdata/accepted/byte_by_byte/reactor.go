package reactor

import (
	"context"
	"errors"
	"io"
	"sync"
)

type Handler struct {
	OnData  func(p []byte)
	OnClose func(err error)
}

type link struct {
	io.ReadCloser
	h    Handler
	gone chan struct{}
}

// Readers hand over one byte at a time, and the end as a message of its own.
type Reactor struct {
	lock    sync.Mutex
	pending []*link
	started bool
	count   int
	arrived chan *link
	grew    chan struct{}
}

type msg struct {
	l   *link
	p   []byte
	end bool
	err error
}

func New() *Reactor { return &Reactor{grew: make(chan struct{}, 1)} }

func (r *Reactor) Register(c io.ReadCloser, h Handler) {
	switch {
	case c == nil:
		panic("reactor: no connection")
	case h.OnData == nil:
		panic("reactor: no OnData")
	case h.OnClose == nil:
		panic("reactor: no OnClose")
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	r.pending = append(r.pending, &link{c, h, make(chan struct{})})
	select {
	case r.grew <- struct{}{}:
	default:
	}
}

func (r *Reactor) pop() *link {
	r.lock.Lock()
	defer r.lock.Unlock()
	if len(r.pending) == 0 {
		return nil
	}
	l := r.pending[0]
	r.pending = r.pending[1:]
	return l
}

func (r *Reactor) Run(ctx context.Context) error {
	life, end := context.WithCancel(ctx)
	defer end()
	inbox := make(chan msg, 16)
	all := make(map[*link]struct{})
	for life.Err() == nil {
		for l := r.pop(); l != nil; l = r.pop() {
			all[l] = struct{}{}
			go l.pump(life, inbox)
		}
		if len(all) == 0 {
			return nil
		}
		select {
		case <-life.Done():
		case <-r.grew:
		case m := <-inbox:
			if life.Err() != nil {
				break
			}
			if !m.end {
				m.l.h.OnData(m.p)
				break
			}
			delete(all, m.l)
			_ = m.l.Close()
			<-m.l.gone
			m.l.h.OnClose(m.err)
		}
	}
	err := ctx.Err()
	for l := range all {
		_ = l.Close()
	}
	for l := range all {
		<-l.gone
		l.h.OnClose(err)
	}
	for l := r.pop(); l != nil; l = r.pop() {
		_ = l.Close()
		l.h.OnClose(err)
	}
	return errors.Join(err)
}

func (l *link) pump(ctx context.Context, inbox chan<- msg) {
	defer close(l.gone)
	send := func(m msg) bool {
		select {
		case inbox <- m:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		one := make([]byte, 1)
		n, err := l.Read(one)
		if n == 1 && !send(msg{l: l, p: one}) {
			return
		}
		if err == io.EOF {
			send(msg{l: l, end: true})
			return
		}
		if err != nil {
			send(msg{l: l, end: true, err: err})
			return
		}
	}
}

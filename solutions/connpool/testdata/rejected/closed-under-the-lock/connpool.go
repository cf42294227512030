// Rejected: TestBound fail: a connection is closed under the lock, which a Get needs that wants to leave the line.

package connpool

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"
)

var ErrClosed = errors.New("connpool: closed")

type Pool struct {
	max  int
	idle time.Duration
	dial func(context.Context) (net.Conn, error)

	mu      sync.Mutex
	places  int
	resting []*resting
	line    []*waiter
	closed  bool
}

type resting struct {
	conn  net.Conn
	timer *time.Timer
}

type waiter struct{ turn chan grant }

type grant struct {
	conn net.Conn
	err  error
}

func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	if max < 1 {
		panic("connpool: New needs room for a connection")
	}
	if dial == nil {
		panic("connpool: New needs a function to dial with")
	}
	return &Pool{max: max, idle: idle, dial: dial}
}

func (p *Pool) Get(ctx context.Context) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	g, w := p.enter()
	if w != nil {
		select {
		case g = <-w.turn:
		case <-ctx.Done():
			p.leave(w)
			return nil, ctx.Err()
		}
	}
	if g.conn != nil || g.err != nil {
		return g.conn, g.err
	}
	return p.connect(ctx)
}

func (p *Pool) enter() (grant, *waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch last := len(p.resting) - 1; {
	case p.closed:
		return grant{err: ErrClosed}, nil
	case last >= 0:
		r := p.resting[last]
		p.resting = p.resting[:last]
		r.timer.Stop()
		return grant{conn: r.conn}, nil
	case p.places < p.max:
		p.places++
		return grant{}, nil
	}
	w := &waiter{turn: make(chan grant, 1)}
	p.line = append(p.line, w)
	return grant{}, w
}

func (p *Pool) next(g grant) bool {
	if len(p.line) == 0 {
		return false
	}
	p.line[0].turn <- g
	p.line = p.line[1:]
	return true
}

func (p *Pool) leave(w *waiter) {
	p.mu.Lock()
	i := slices.Index(p.line, w)
	if i >= 0 {
		p.line = slices.Delete(p.line, i, i+1)
	}
	p.mu.Unlock()
	if i >= 0 {
		return
	}
	switch g := <-w.turn; {
	case g.conn != nil:
		p.Put(g.conn, false)
	case g.err == nil:
		p.free()
	}
}

func (p *Pool) free() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.next(grant{}) {
		p.places--
	}
}

func (p *Pool) connect(ctx context.Context) (net.Conn, error) {
	result := make(chan grant)
	go func() {
		conn, err := p.dial(ctx)
		if err != nil {
			p.free()
		}
		select {
		case result <- grant{conn, err}:
		case <-ctx.Done():
			if err == nil {
				p.discard(conn)
			}
		}
	}()
	select {
	case g := <-result:
		if g.err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return g.conn, g.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *Pool) Put(c net.Conn, broken bool) {
	if broken || !p.keep(c) {
		p.discard(c)
	}
}

func (p *Pool) discard(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.Close()
	if !p.next(grant{}) {
		p.places--
	}
}

func (p *Pool) keep(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	if p.next(grant{conn: c}) {
		return true
	}
	if p.idle <= 0 {
		return false
	}
	r := &resting{conn: c}
	r.timer = time.AfterFunc(p.idle, func() { p.expire(r) })
	p.resting = append(p.resting, r)
	return true
}

func (p *Pool) expire(r *resting) {
	p.mu.Lock()
	i := slices.Index(p.resting, r)
	if i >= 0 {
		p.resting = slices.Delete(p.resting, i, i+1)
	}
	p.mu.Unlock()
	if i >= 0 {
		p.discard(r.conn)
	}
}

func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	resting := p.resting
	p.resting = nil
	for p.next(grant{err: ErrClosed}) {
	}
	p.mu.Unlock()
	for _, r := range resting {
		r.timer.Stop()
		p.discard(r.conn)
	}
}

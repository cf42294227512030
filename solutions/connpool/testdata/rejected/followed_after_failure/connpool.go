// Rejected: TestClose leak: what follows ctx for a dial goes on when the dial has failed.

package connpool

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"time"
)

// ErrClosed is the error of Get after Close.
var ErrClosed = errors.New("connpool: closed")

// Pool is a bounded number of connections.
type Pool struct {
	max  int
	idle time.Duration
	dial func(context.Context) (net.Conn, error)

	mu      sync.Mutex
	places  int        // taken: by dials, by connections until their Close has returned
	resting []*resting // the most recently used last
	line    []*waiter  // first come first; not empty only when all places are taken and nothing rests
	closed  bool
}

// resting is an idle connection.
type resting struct {
	conn  net.Conn
	timer *time.Timer
}

// waiter is a Get in line.
type waiter struct{ turn chan grant } // with room for one grant

// grant is what a waiter gets: a connection, or a place to dial for, or an error.
type grant struct {
	conn net.Conn
	err  error
}

// New returns a pool of at most max connections made by dial.
func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	if max < 1 {
		panic("connpool: New needs room for a connection")
	}
	if dial == nil {
		panic("connpool: New needs a function to dial with")
	}
	return &Pool{max: max, idle: idle, dial: dial}
}

// Get returns an idle connection, or a new one, or waits for either.
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

// enter gives what is there for the taking, or a place in line.
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

// next grants g to the first in line, if there is one. The caller has the lock.
func (p *Pool) next(g grant) bool {
	if len(p.line) == 0 {
		return false
	}
	p.line[0].turn <- g
	p.line = p.line[1:]
	return true
}

// leave takes w out of the line. It may have been granted something meanwhile:
// that must not be lost, but go to the next.
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

// free gives a place back.
func (p *Pool) free() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.next(grant{}) {
		p.places--
	}
}

// connect dials for a place that the caller has taken. When ctx is done it
// leaves the dial alone.
func (p *Pool) connect(ctx context.Context) (net.Conn, error) {
	result, left := make(chan grant), make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(left) })
	go func() {
		conn, err := p.dial(ctx)
		if err != nil {
			p.free()
		}
		select {
		case result <- grant{conn, err}:
		case <-left:
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
		if g.err != nil {
			return nil, g.err
		}
		stop()
		return g.conn, nil
	case <-left:
		return nil, ctx.Err()
	}
}

// Put gives back a connection that Get returned.
func (p *Pool) Put(c net.Conn, broken bool) {
	if broken || !p.keep(c) {
		p.discard(c)
	}
}

// discard closes c, and only then gives its place back.
func (p *Pool) discard(c net.Conn) {
	c.Close()
	p.free()
}

// keep hands c to the next in line, or lays it to rest.
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

// expire closes r, unless somebody took it while the timer went off.
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

// Close closes the idle connections and wakes all who wait.
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

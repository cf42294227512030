// Rejected: TestBound fail: the place of an idle connection is free before its Close has returned.

package connpool

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

var ErrClosed = errors.New("connpool: closed")

type idleConn struct {
	c     net.Conn
	timer *time.Timer
}

// grant is a connection, or leave to dial when c is nil, or an error.
type grant struct {
	c   net.Conn
	err error
}

type Pool struct {
	max  int
	idle time.Duration
	dial func(context.Context) (net.Conn, error)

	mu     sync.Mutex
	open   int
	free   []*idleConn
	line   []chan grant
	closed bool
}

func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	if max < 1 {
		panic("connpool: max < 1")
	}
	if dial == nil {
		panic("connpool: nil dial")
	}
	return &Pool{max: max, idle: idle, dial: dial}
}

func (p *Pool) Get(ctx context.Context) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	if n := len(p.free); n > 0 {
		i := p.free[n-1]
		p.free = p.free[:n-1]
		i.timer.Stop()
		p.mu.Unlock()
		return i.c, nil
	}
	if p.open < p.max {
		p.open++
		p.mu.Unlock()
		return p.connect(ctx)
	}
	ch := make(chan grant, 1)
	p.line = append(p.line, ch)
	p.mu.Unlock()
	select {
	case g := <-ch:
		return p.use(ctx, g)
	case <-ctx.Done():
	}
	p.mu.Lock()
	for i, c := range p.line {
		if c == ch {
			p.line = append(p.line[:i], p.line[i+1:]...)
			p.mu.Unlock()
			return nil, ctx.Err()
		}
	}
	p.mu.Unlock()
	g := <-ch
	switch {
	case g.err != nil:
	case g.c != nil:
		p.Put(g.c, false)
	default:
		p.release()
	}
	return nil, ctx.Err()
}

func (p *Pool) use(ctx context.Context, g grant) (net.Conn, error) {
	if g.err != nil || g.c != nil {
		return g.c, g.err
	}
	return p.connect(ctx)
}

// connect dials; the place is taken already.
func (p *Pool) connect(ctx context.Context) (net.Conn, error) {
	ch := make(chan grant)
	go func() {
		c, err := p.dial(ctx)
		if err != nil {
			p.release()
		}
		select {
		case ch <- grant{c, err}:
		case <-ctx.Done():
			if err == nil {
				p.Put(c, false)
			}
		}
	}()
	select {
	case g := <-ch:
		return g.c, g.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// release gives a place to the next in line.
func (p *Pool) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.line) > 0 {
		p.line[0] <- grant{}
		p.line = p.line[1:]
		return
	}
	p.open--
}

func (p *Pool) Put(c net.Conn, broken bool) {
	p.mu.Lock()
	if !broken && !p.closed {
		if len(p.line) > 0 {
			p.line[0] <- grant{c: c}
			p.line = p.line[1:]
			p.mu.Unlock()
			return
		}
		if p.idle > 0 {
			i := &idleConn{c: c}
			i.timer = time.AfterFunc(p.idle, func() { p.expire(i) })
			p.free = append(p.free, i)
			p.mu.Unlock()
			return
		}
	}
	p.mu.Unlock()
	c.Close()
	p.release()
}

func (p *Pool) expire(i *idleConn) {
	p.mu.Lock()
	for k, x := range p.free {
		if x == i {
			p.free = append(p.free[:k], p.free[k+1:]...)
			p.mu.Unlock()
			p.release()
			i.c.Close()
			return
		}
	}
	p.mu.Unlock()
}

func (p *Pool) Close() {
	p.mu.Lock()
	p.closed = true
	free, line := p.free, p.line
	p.free, p.line = nil, nil
	for _, ch := range line {
		ch <- grant{err: ErrClosed}
	}
	p.mu.Unlock()
	for _, i := range free {
		i.timer.Stop()
		i.c.Close()
		p.release()
	}
}

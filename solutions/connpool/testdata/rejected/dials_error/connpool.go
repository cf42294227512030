// Rejected: TestEverySchedule fail: a dial that fails because ctx has ended gives its own error.

// Package connpool keeps connections. Here one goroutine owns them all, from New
// to Close; the methods send it what it should do, and nothing is locked.
package connpool

import (
	"context"
	"errors"
	"net"
	"time"
)

// ErrClosed is the error of Get after Close.
var ErrClosed = errors.New("connpool: closed")

// Pool is a bounded number of connections.
type Pool struct {
	dial func(context.Context) (net.Conn, error)
	ask  chan func(*owner)
	gone chan struct{} // closed when the owner has ended
}

// owner is what its goroutine alone touches.
type owner struct {
	max, open int
	idle      time.Duration
	stack     []rest
	line      []chan answer
	closing   bool
}

type rest struct {
	conn  net.Conn
	until time.Time
}

// answer is a connection, an error, or the leave to dial.
type answer struct {
	conn net.Conn
	err  error
}

// New returns a pool of at most max connections made by dial.
func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	if max < 1 {
		panic("connpool: max < 1")
	}
	if dial == nil {
		panic("connpool: nil dial")
	}
	p := &Pool{dial: dial, ask: make(chan func(*owner)), gone: make(chan struct{})}
	go p.own(&owner{max: max, idle: idle})
	return p
}

func (p *Pool) own(o *owner) {
	defer close(p.gone)
	for !o.closing {
		p.step(o)
	}
	for _, w := range o.line {
		w <- answer{err: ErrClosed}
	}
	for _, r := range o.stack {
		r.conn.Close()
	}
}

// step does the next thing that comes.
func (p *Pool) step(o *owner) {
	var expired <-chan time.Time
	if len(o.stack) > 0 {
		timer := time.NewTimer(time.Until(o.stack[0].until))
		defer timer.Stop()
		expired = timer.C
	}
	select {
	case f := <-p.ask:
		f(o)
	case <-expired:
		c := o.stack[0].conn
		o.stack = o.stack[1:]
		c.Close()
		o.free()
	}
}

// do has the owner call f, and says whether it did.
func (p *Pool) do(f func(*owner)) bool {
	done := make(chan struct{})
	select {
	case p.ask <- func(o *owner) { f(o); close(done) }:
		<-done
		return true
	case <-p.gone:
		return false
	}
}

func (o *owner) enter(w chan answer) {
	switch n := len(o.stack) - 1; {
	case n >= 0:
		w <- answer{conn: o.stack[n].conn}
		o.stack = o.stack[:n]
	case o.open < o.max:
		o.open++
		w <- answer{}
	default:
		o.line = append(o.line, w)
	}
}

func (o *owner) free() {
	if len(o.line) > 0 {
		o.line[0] <- answer{}
		o.line = o.line[1:]
		return
	}
	o.open--
}

// keep says whether the pool has taken c.
func (o *owner) keep(c net.Conn) bool {
	if len(o.line) > 0 {
		o.line[0] <- answer{conn: c}
		o.line = o.line[1:]
		return true
	}
	if o.idle > 0 {
		o.stack = append(o.stack, rest{c, time.Now().Add(o.idle)})
	}
	return o.idle > 0
}

// Get returns an idle connection, or a new one, or waits for either.
func (p *Pool) Get(ctx context.Context) (net.Conn, error) {
	w := make(chan answer, 1)
	if !p.do(func(o *owner) { o.enter(w) }) {
		return nil, ErrClosed
	}
	select {
	case a := <-w:
		if a.conn == nil && a.err == nil {
			return p.connect(ctx)
		}
		return a.conn, a.err
	case <-ctx.Done():
	}
	p.do(func(o *owner) {
		for i := range o.line {
			if o.line[i] == w {
				o.line = append(o.line[:i:i], o.line[i+1:]...)
				return
			}
		}
	})
	select {
	case a := <-w: // too late
		if a.conn != nil {
			p.Put(a.conn, false)
		} else if a.err == nil {
			p.do((*owner).free)
		}
	default:
	}
	return nil, ctx.Err()
}

func (p *Pool) connect(ctx context.Context) (net.Conn, error) {
	w, left := make(chan answer), make(chan struct{})
	defer close(left)
	go func() {
		c, err := p.dial(ctx)
		if err != nil {
			p.do((*owner).free)
		}
		select {
		case w <- answer{c, err}:
		case <-left:
			if err == nil {
				p.Put(c, true)
			}
		}
	}()
	select {
	case a := <-w:
		if a.err == nil {
			return a.conn, nil
		}
		return nil, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Put gives back a connection that Get returned.
func (p *Pool) Put(c net.Conn, broken bool) {
	kept := false
	if !broken {
		p.do(func(o *owner) { kept = o.keep(c) })
	}
	if !kept {
		c.Close()
		p.do((*owner).free)
	}
}

// Close closes the idle connections and wakes all who wait.
func (p *Pool) Close() {
	p.do(func(o *owner) { o.closing = true })
	<-p.gone
}

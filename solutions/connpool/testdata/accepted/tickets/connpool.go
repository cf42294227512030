// Package connpool keeps connections. Here every Get draws a ticket and waits on
// one condition until it is the first; a caretaker, the only goroutine that stays,
// closes what has been idle for too long.
package connpool

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"
)

// ErrClosed is the error of Get after Close.
var ErrClosed = errors.New("connpool: closed")

type ticket struct{ over bool }

type idler struct {
	net.Conn
	until time.Time
}

// Pool is a bounded number of connections.
type Pool struct {
	max  int
	idle time.Duration
	dial func(context.Context) (net.Conn, error)
	news chan struct{} // for the caretaker

	mu      sync.RWMutex
	changed *sync.Cond
	line    []*ticket
	stack   []idler
	open    int
	closed  bool
}

// New returns a pool of at most max connections made by dial.
func New(max int, idle time.Duration, dial func(context.Context) (net.Conn, error)) *Pool {
	if max < 1 || dial == nil {
		panic(fmt.Sprintf("connpool: New(%d, %v, dial == nil: %t)", max, idle, dial == nil))
	}
	p := &Pool{max: max, idle: idle, dial: dial, news: make(chan struct{}, 1)}
	p.changed = sync.NewCond(&p.mu)
	if idle > 0 {
		go p.care()
	}
	return p
}

// Get returns an idle connection, or a new one, or waits for either.
func (p *Pool) Get(ctx context.Context) (net.Conn, error) {
	defer context.AfterFunc(ctx, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.changed.Broadcast()
	})()
	p.mu.Lock()
	defer p.mu.Unlock()
	t := &ticket{}
	p.line = append(p.line, t)
	for !p.closed && ctx.Err() == nil && (p.line[0] != t || len(p.stack) == 0 && p.open == p.max) {
		p.changed.Wait()
	}
	p.line = slices.DeleteFunc(p.line, func(other *ticket) bool { return other == t })
	p.changed.Broadcast() // there may be something for the next one too
	switch n := len(p.stack) - 1; {
	case p.closed:
		return nil, fmt.Errorf("get: %w", ErrClosed)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case n >= 0:
		c := p.stack[n].Conn
		p.stack = p.stack[:n]
		return c, nil
	}
	p.open++
	return p.connect(ctx, t)
}

// connect waits for a dial, on the same condition. The caller has the lock.
func (p *Pool) connect(ctx context.Context, t *ticket) (conn net.Conn, err error) {
	dialled := false
	go func() {
		c, e := p.dial(ctx)
		p.mu.Lock()
		conn, err, dialled = c, e, true
		if e != nil {
			p.open--
		}
		late := t.over && e == nil
		p.changed.Broadcast()
		p.mu.Unlock()
		if late {
			p.Put(c, true)
		}
	}()
	for !dialled && ctx.Err() == nil {
		p.changed.Wait()
	}
	if !dialled || err != nil && ctx.Err() != nil {
		t.over = true
		return nil, ctx.Err()
	}
	return conn, err
}

// Put gives back a connection that Get returned.
func (p *Pool) Put(c net.Conn, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if broken || p.closed || p.idle <= 0 && len(p.line) == 0 {
		p.mu.Unlock()
		c.Close()
		p.mu.Lock()
		p.open--
	} else {
		p.stack = append(p.stack, idler{c, time.Now().Add(p.idle)})
		p.tell()
	}
	p.changed.Broadcast()
}

func (p *Pool) tell() {
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// Close closes the idle connections and wakes all who wait.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.changed.Broadcast()
	for _, c := range p.stack {
		c.Close()
		p.open--
	}
	p.stack = nil
	p.tell()
}

func (p *Pool) care() {
	for {
		p.mu.RLock()
		closed, empty, wait := p.closed, len(p.stack) == 0, time.Duration(0)
		if !empty {
			wait = time.Until(p.stack[0].until)
		}
		p.mu.RUnlock()
		switch {
		case closed:
			return
		case empty:
			<-p.news
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
			p.sweep()
		case <-p.news:
			timer.Stop()
		}
	}
}

// sweep closes what has been idle for too long.
func (p *Pool) sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.stack) > 0 && !p.stack[0].until.After(time.Now()) {
		c := p.stack[0]
		p.stack = p.stack[1:]
		c.Close()
		p.open--
	}
	p.changed.Broadcast()
}

//go:build hidden

package connpool_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/connpool"
)

var (
	errRefused = errors.New("connection refused")
	errReason  = errors.New("the caller's reason")
	errClosed  = connpool.ErrClosed // as it was before any call
)

// dialer makes connections, numbered from 1, and counts those that are open.
type dialer struct {
	before  func(ctx context.Context, id int) error // called in each dial; may be nil
	closing func()                                  // called in each Close of a connection; may be nil
	sour    error                                   // what each Close of a connection gives; it is closed all the same

	open   probe.Gauge    // from before the dial to the end of Close
	closed probe.Log[int] // numbers of the connections that were closed
}

// conn is a connection to nowhere.
type conn struct {
	net.Conn
	d      *dialer
	id     int
	uses   int // by those who got it: no lock, since it is theirs alone
	closed atomic.Bool
}

func (d *dialer) dial(ctx context.Context) (net.Conn, error) {
	id := d.open.Next()
	if d.before != nil {
		if err := d.before(ctx, id); err != nil {
			d.open.Leave()
			return nil, err
		}
	}
	near, _ := net.Pipe()
	return &conn{Conn: near, d: d, id: id}, nil
}

func (c *conn) Close() error {
	if c.closed.Swap(true) {
		return net.ErrClosed
	}
	if c.d.closing != nil {
		c.d.closing()
	}
	c.d.closed.Add(c.id)
	c.d.open.Leave()
	return c.d.sour
}

// call is a Get on a goroutine of its own.
type call struct {
	conn net.Conn
	err  error
	done chan struct{}
}

func get(ctx context.Context, p *connpool.Pool) *call {
	c := &call{done: make(chan struct{})}
	go func() {
		defer close(c.done)
		c.conn, c.err = p.Get(ctx)
	}()
	return c
}

// gave is what c has returned, once everything stands still: a connection's
// number, an error's name, or that it waits.
func (c *call) gave() string {
	synctest.Wait()
	select {
	case <-c.done:
		return name(c.conn, c.err)
	default:
		return "nothing, it waits"
	}
}

func name(c net.Conn, err error) string {
	if err != nil {
		return kind(err)
	}
	if c == nil {
		return "neither a connection nor an error"
	}
	mine, ok := c.(*conn)
	if !ok {
		return "something that dial never gave"
	}
	return nth(mine.id)
}

func nth(id int) string { return fmt.Sprintf("connection %d", id) }

// kind is err's name in these tests.
func kind(err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "ErrClosed", Err: errClosed},
		probe.Named{Name: "dial's error", Err: errRefused})
}

// script follows a pool step by step.
type script struct {
	t *testing.T
	d *dialer
	p *connpool.Pool
}

func open(t *testing.T, max int, idle time.Duration) *script {
	s := &script{t: t, d: new(dialer)}
	s.p = connpool.New(max, idle, s.d.dial)
	return s
}

// get calls Get, which must return connection id without waiting.
func (s *script) get(contract, id int, when string) *call {
	s.t.Helper()
	c := get(s.t.Context(), s.p)
	s.want(contract, c, nth(id), when)
	return c
}

// line has n Gets come one after the other.
func (s *script) line(n int) (calls []*call) {
	for range n {
		calls = append(calls, get(s.t.Context(), s.p))
		synctest.Wait() // so their order is known
	}
	return calls
}

// want says what c must have returned by now.
func (s *script) want(contract int, c *call, want, when string) {
	s.t.Helper()
	if s.t.Failed() {
		return
	}
	probe.Equal(s.t, contract, "Get "+when, c.gave(), want)
}

const waits = "nothing, it waits"

// put gives back what c has got, if it has got something.
func (s *script) put(c *call, broken bool) {
	if c.gave() != waits && c.err == nil {
		s.p.Put(c.conn, broken)
	}
}

// openNow says how many connections must be open once all stands still.
func (s *script) openNow(contract, want int, when string) {
	s.t.Helper()
	if synctest.Wait(); !s.t.Failed() {
		probe.Equal(s.t, contract, "number of connections open "+when, s.d.open.In(), want)
	}
}

// end closes the pool; nothing may be left of it.
func (s *script) end(held ...*call) {
	s.t.Helper()
	s.p.Close()
	for _, c := range held {
		s.put(c, false)
	}
	s.openNow(3, 0, "after Close and a Put of all that were taken")
}

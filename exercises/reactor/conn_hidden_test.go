//go:build hidden

package reactor_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/reactor"
)

var (
	errReset  = errors.New("connection reset by peer")
	errClosed = errors.New("use of closed connection")
	errClose  = errors.New("not sent when it was closed")
)

// name is err's name in these tests.
func name(err error) string {
	return probe.ErrorNames(err,
		probe.Named{Name: "io.EOF", Err: io.EOF},
		probe.Named{Name: "io.ErrUnexpectedEOF", Err: io.ErrUnexpectedEOF},
		probe.Named{Name: "io.ErrClosedPipe", Err: io.ErrClosedPipe},
		probe.Named{Name: "net.ErrClosed", Err: net.ErrClosed},
		probe.Named{Name: "os.ErrDeadlineExceeded", Err: os.ErrDeadlineExceeded},
		probe.Named{Name: "connection reset by peer", Err: errReset},
		probe.Named{Name: "use of closed connection", Err: errClosed},
		probe.Named{Name: "the error of Close", Err: errClose})
}

// read is what one Read of a conn gives, after a wait.
type read struct {
	after time.Duration
	data  string
	err   error
}

// conn is a connection that follows a script. After its last read it is silent
// until it is closed.
type conn struct {
	name   string
	script []read
	step   func() // a yield point in every Read and Close; nil: none
	fails  error  // of Close

	rest   string // of the last read, that did not fit the buffer
	at     int
	closed chan struct{}
	closes probe.Gauge
	inside probe.Gauge
}

func newConn(name string, script ...read) *conn {
	return &conn{name: name, script: script, closed: make(chan struct{}), step: func() {}}
}

// Read is called by one goroutine at a time.
func (c *conn) Read(p []byte) (int, error) {
	c.inside.Enter()
	defer c.inside.Leave()
	c.step()
	if c.rest == "" {
		if c.at == len(c.script) {
			<-c.closed
			return 0, errClosed
		}
		if !c.wait(c.script[c.at].after) {
			return 0, errClosed
		}
		c.rest = c.script[c.at].data
		c.at++
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	if c.rest == "" {
		return n, c.script[c.at-1].err
	}
	return n, nil
}

// wait waits for d, unless the connection is closed first.
func (c *conn) wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-c.closed:
		return false
	}
}

func (c *conn) Close() error {
	c.step()
	if c.closes.Next() == 1 {
		close(c.closed)
	}
	return c.fails
}

// diary is what the handlers of one conn saw.
type diary struct {
	*conn
	probe.Log[[]byte]
	ends probe.Log[error]

	late   probe.Gauge // calls of OnData after OnClose
	open   probe.Gauge // OnClose before the conn was closed
	busy   probe.Gauge // OnClose while its reader was inside Read
	others probe.Gauge // calls on another goroutine than home's
	empty  probe.Gauge // calls of OnData with nothing, which are not in Log
	home   string
	during func() // in every OnData; nil: nothing
	writes bool   // OnClose writes behind each piece, as an append would
}

func (d *diary) handler() reactor.Handler {
	return reactor.Handler{OnData: d.data, OnClose: d.end}
}

// inLine returns the handler of the first of line, whose OnClose registers the
// second, whose OnClose registers the third, and so on.
func inLine(r *reactor.Reactor, line []*diary) reactor.Handler {
	first, rest := line[0], line[1:]
	if len(rest) == 0 {
		return first.handler()
	}
	return reactor.Handler{OnData: first.data, OnClose: func(err error) {
		first.end(err)
		r.Register(rest[0].conn, inLine(r, rest))
	}}
}

func (d *diary) data(p []byte) {
	if d.ends.Len() > 0 {
		d.late.Enter()
	}
	d.here()
	if len(p) == 0 {
		d.empty.Enter()
		return
	}
	d.Add(p)
	if d.during != nil {
		d.during()
	}
}

func (d *diary) end(err error) {
	if d.closes.Total() == 0 {
		d.open.Enter()
	}
	if d.inside.In() > 0 {
		d.busy.Enter()
	}
	d.here()
	d.ends.Add(err)
	if d.writes {
		d.fillRooms()
	}
}

// fillRooms writes behind each piece. It does so when all of them are there: earlier,
// one that has another's room would be told as a race with the reader.
func (d *diary) fillRooms() {
	for _, p := range d.All() {
		for room := p[len(p):cap(p)]; len(room) > 0; room = room[1:] {
			room[0] = '#'
		}
	}
}

func (d *diary) here() {
	if d.home != "" && probe.Goroutine() != d.home {
		d.others.Enter()
	}
}

// text is all data that came, as the handler finds it at the end.
func (d *diary) text() string {
	var b strings.Builder
	for _, p := range d.All() {
		b.Write(p)
	}
	return b.String()
}

// sent is all data of the script.
func (d *diary) sent() string {
	var b strings.Builder
	for _, r := range d.script {
		b.WriteString(r.data)
	}
	return b.String()
}

// closedOnce checks the end of a connection, of which the sentence number contract
// speaks.
func (d *diary) closedOnce(t testing.TB, contract int, what string, want error) bool {
	t.Helper()
	if !probe.Equal(t, contract, "number of calls of OnClose "+what, d.ends.Len(), 1) {
		return false
	}
	if got := d.ends.All()[0]; got != want && (want == nil || !errors.Is(got, want)) {
		probe.Fail(t, contract, "error given to OnClose "+what, name(got), name(want))
		return false
	}
	if !probe.Equal(t, contract, "number of calls of Close "+what, d.closes.Total(), 1) {
		return false
	}
	if d.open.Total() > 0 {
		probe.Failf(t, contract, "the connection had not been closed yet at the call of OnClose %s", what)
		return false
	}
	return probe.Equal(t, 2, "calls of OnData after OnClose "+what, d.late.Total(), 0) &&
		probe.Equal(t, 1, "calls of handlers "+what+" on another goroutine than Run's", d.others.Total(), 0)
}

func newDiary(name string, script ...read) *diary { return &diary{conn: newConn(name, script...)} }

// reactorOf returns a reactor; a stub's nil is a sentence.
func reactorOf(t testing.TB) *reactor.Reactor {
	t.Helper()
	r := reactor.New()
	if r == nil {
		probe.Fail(t, 3, "New()", "nil", "a reactor")
		t.FailNow()
	}
	return r
}

var end = read{err: io.EOF}

// oneInAnother has handlers that run a reactor of their own.
func oneInAnother(t *testing.T) {
	outer := newDiary("outer", read{data: "a"}, end)
	outer.during = func() {
		r, inner := reactorOf(t), newDiary("inner", read{data: "b"}, end)
		r.Register(inner.conn, inner.handler())
		probe.Equal(t, 3, "error of Run(ctx) in a handler of another reactor", name(r.Run(t.Context())), "nil")
		inner.closedOnce(t, 2, "of a reactor that runs in a handler of another one", nil)
	}
	h := outer.handler()
	h.OnClose = func(err error) {
		outer.end(err)
		outer.during()
	}
	r := reactorOf(t)
	r.Register(outer.conn, h)
	probe.Equal(t, 3, "error of Run(ctx) with handlers that run another reactor", name(r.Run(t.Context())), "nil")
	outer.closedOnce(t, 2, "of a reactor whose handlers run another one", nil)
}

// kept has a handler keep many pieces to the end.
func kept(t *testing.T) {
	const many = 1100
	rnd := probe.Rand(t)
	var all []read
	for range many {
		all = append(all, read{data: letters(rnd, 8)})
	}
	r, d := reactorOf(t), newDiary("talkative", append(all, end)...)
	r.Register(d.conn, d.handler())
	probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil")
	probe.Equal(t, 1, fmt.Sprintf("data that a handler has kept of %d reads is what was sent", many), d.text() == d.sent(), true)
}

//go:build hidden

package c10k_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/probe"
)

// listener is a listener without a network: who dials waits until Accept comes.
type listener struct {
	queue  chan arrival
	closed chan struct{}
	closes probe.Gauge
	errors probe.Gauge // that trouble has given

	trouble func() error // asked in every Accept; an error is what that Accept gives; may be nil
	step    func()       // called at the start of every Accept and Close; may be nil
}

// arrival is what one Accept gives.
type arrival struct {
	conn net.Conn
	err  error
}

func newListener() *listener {
	return &listener{queue: make(chan arrival), closed: make(chan struct{})}
}

func (l *listener) Accept() (net.Conn, error) {
	call(l.step)
	if l.isClosed() {
		return nil, net.ErrClosed
	}
	if l.trouble != nil {
		if err := l.trouble(); err != nil {
			return nil, err
		}
	}
	select {
	case a := <-l.queue:
		return a.conn, a.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close may be called again; then it has an error, as a socket's has.
func (l *listener) Close() error {
	call(l.step)
	if l.closes.Next() > 1 {
		return net.ErrClosed
	}
	close(l.closed)
	return nil
}

func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

func (l *listener) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}

// arrive makes a the outcome of the next Accept, and says whether there was one
// before over is closed or late ends.
func (l *listener) arrive(a arrival, over <-chan struct{}, late <-chan time.Time) bool {
	call(l.step)
	if l.isClosed() {
		return false
	}
	select {
	case l.queue <- a:
		return true
	case <-l.closed:
	case <-over:
	case <-late:
	}
	return false
}

// conn is the server's end of a connection.
type conn struct {
	net.Conn
	gone   chan struct{} // closed by the first Close
	closes probe.Gauge
	last   bool   // the end of the first line comes together with io.EOF
	step   func() // called at the start of everything that is done to it; may be nil
}

func (c *conn) Read(p []byte) (int, error) {
	call(c.step)
	n, err := c.Conn.Read(p)
	if c.last && n > 0 && p[n-1] == '\n' {
		err = io.EOF
	}
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	call(c.step)
	return c.Conn.Write(p)
}

func (c *conn) SetDeadline(d time.Time) error {
	call(c.step)
	return c.Conn.SetDeadline(d)
}

func (c *conn) SetReadDeadline(d time.Time) error {
	call(c.step)
	return c.Conn.SetReadDeadline(d)
}

func (c *conn) SetWriteDeadline(d time.Time) error {
	call(c.step)
	return c.Conn.SetWriteDeadline(d)
}

func (c *conn) Close() error {
	call(c.step)
	if c.closes.Next() == 1 {
		close(c.gone)
	}
	return c.Conn.Close()
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// client is the other end. Its writes wait until the server has read all.
type client struct {
	net.Conn
	*bufio.Reader
	server *conn
}

func newClient(step func()) *client {
	near, far := net.Pipe()
	return &client{Conn: near, Reader: bufio.NewReaderSize(near, 256), server: &conn{Conn: far, gone: make(chan struct{}), step: step}}
}

func (c *client) Read(p []byte) (int, error) { return c.Reader.Read(p) }

// patience is how long a client waits for anything: longer than any idle time.
const patience = 1000 * time.Hour

// say writes each of texts as one piece, and gives up when the server has.
func (c *client) say(texts ...string) {
	for _, s := range texts {
		if _, err := io.WriteString(c.Conn, s); err != nil {
			return
		}
	}
}

// reply is the next line that the server sends, with its "\n"; or what came
// instead.
func (c *client) reply() string {
	c.SetReadDeadline(time.Now().Add(patience))
	line, err := c.ReadString('\n')
	end := "the connection was closed"
	if errors.Is(err, os.ErrDeadlineExceeded) {
		end = fmt.Sprintf("%v of silence", patience)
	}
	switch {
	case err == nil:
		return line
	case line == "":
		return "no reply, and " + end
	default:
		return line + ", and then " + end
	}
}

// asks says a line and gives the reply.
func (c *client) asks(line string) string {
	go c.say(line + "\n")
	return c.reply()
}

// closedAfter is how long it takes from now until the server closes the connection.
func (c *client) closedAfter() time.Duration {
	return probe.Elapsed(func() {
		select {
		case <-c.server.gone:
		case <-time.After(patience):
		}
	})
}

func (c *client) isClosed() bool {
	select {
	case <-c.server.gone:
		return true
	default:
		return false
	}
}

// service is a running Serve.
type service struct {
	*listener
	stop context.CancelCauseFunc // of its ctx
	done chan struct{}           // closed when Serve has returned
	err  error                   // Serve's, once it has
	all  []*client
}

// serve starts Serve in the caller's bubble.
func serve(t testing.TB, l *listener, idle time.Duration, handle func(string) string) *service {
	ctx, cancel := context.WithCancelCause(t.Context())
	s := &service{listener: l, stop: cancel, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.err = c10k.Serve(ctx, l, idle, handle)
	}()
	return s
}

// dial connects a new client. It ends the test when nobody accepts it.
func (s *service) dial(t testing.TB) *client {
	t.Helper()
	c := newClient(nil)
	s.accept(t, c)
	s.all = append(s.all, c)
	return c
}

func (s *service) accept(t testing.TB, c *client) {
	t.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	if !s.arrive(arrival{conn: c.server}, s.done, late.C) {
		probe.Failf(t, 1, "a new connection is not accepted: Serve waits for another one, or has returned")
		t.FailNow()
	}
}

// ends waits for Serve's return, for which why is the reason.
func (s *service) ends(t testing.TB, why string) error {
	t.Helper()
	select {
	case <-s.done:
		return s.err
	case <-time.After(patience):
		probe.Failf(t, 3, "Serve does not return within %v after %s", patience, why)
		t.FailNow()
		return nil
	}
}

// over ends ctx and looks at what Serve leaves behind. Its error is the concern of
// TestShutdown: a wrong one must not cost all the points.
func (s *service) over(t testing.TB) {
	t.Helper()
	s.stop(nil)
	_ = s.ends(t, "ctx is done")
	s.swept(t, "ctx is done")
}

// swept looks at what Serve leaves behind.
func (s *service) swept(t testing.TB, why string) {
	t.Helper()
	probe.Equal(t, 3, "the listener is closed after "+why, s.isClosed(), true)
	open := 0
	for _, c := range s.all {
		if !c.isClosed() {
			open++
		}
		c.Close()
	}
	probe.Equal(t, 3, "connections that are open when Serve returns after "+why, open, 0)
	probe.NoneLeft(t, "Serve when "+why)
}

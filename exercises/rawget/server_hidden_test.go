//go:build hidden

package rawget_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/rawget"
)

var (
	errRefused = errors.New("connection refused")
	errReset   = errors.New("connection reset by peer")
	errReason  = errors.New("the caller's reason")
)

// server is how the other end of a connection behaves. It replies when the
// request is complete.
type server struct {
	pieces []string      // of the reply: each of them is one read, or more
	end    error         // of the connection; nil stands for io.EOF
	joined bool          // the end comes with the last piece, not in a read of its own
	silent bool          // after the pieces there is no end
	deaf   bool          // reads 5 bytes of the request, and no more
	gone   bool          // ends before it has read anything
	hold   func()        // called before the reply; may be nil
	step   func()        // called before each read and write of the client; may be nil
	close  time.Duration // how long the client's Close takes
}

// says is a server that replies text.
func says(text string) server {
	if text == "" { // an empty piece would be a read of nothing
		return server{}
	}
	return server{pieces: []string{text}}
}

// conn is the client's end of a connection to a server.
type conn struct {
	net.Conn
	server  server
	left    atomic.Int64 // bytes that were not read
	closes  probe.Gauge
	request chan []byte // what the client sent, when the connection is over
}

func (s server) connect() *conn {
	near, far := net.Pipe()
	c := &conn{Conn: near, server: s, request: make(chan []byte, 1)}
	for _, p := range s.pieces {
		c.left.Add(int64(len(p)))
	}
	asked := make(chan struct{})
	go c.listen(far, asked)
	go c.reply(far, asked)
	return c
}

// listen collects what the client sends, until the connection is over, and
// closes asked at the end of the request, or of the connection.
func (c *conn) listen(far net.Conn, asked chan<- struct{}) {
	var got []byte
	buf, complete := make([]byte, 5), false
	for !c.server.gone {
		n, err := far.Read(buf)
		got = append(got, buf[:n]...)
		if err != nil || c.server.deaf {
			break
		}
		if !complete && bytes.Contains(got, []byte("\r\n\r\n")) {
			complete = true
			close(asked)
		}
	}
	c.request <- got
	if !complete && !c.server.deaf {
		close(asked)
	}
}

func (c *conn) reply(far net.Conn, asked <-chan struct{}) {
	if c.server.deaf {
		return
	}
	patience := time.NewTimer(time.Minute) // with a client that never comes to its end
	defer patience.Stop()
	select {
	case <-asked:
	case <-patience.C:
	}
	if c.server.hold != nil {
		c.server.hold()
	}
	for _, p := range c.server.pieces {
		far.Write([]byte(p))
	}
	if !c.server.silent {
		far.Close()
	}
}

func (c *conn) Read(p []byte) (int, error) {
	c.step()
	n, err := c.Conn.Read(p)
	last := c.left.Add(-int64(n)) == 0
	if err == io.EOF && c.server.end != nil || err == nil && n > 0 && last && c.server.joined {
		err = c.server.end
		if err == nil {
			err = io.EOF
		}
	}
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	c.step()
	return c.Conn.Write(p)
}

func (c *conn) step() {
	if c.server.step != nil {
		c.server.step()
	}
}

func (c *conn) Close() error {
	if c.server.close > 0 {
		time.Sleep(c.server.close)
	}
	c.closes.Enter()
	return c.Conn.Close()
}

// network is what Get dials into.
type network struct {
	server server
	wait   func(ctx context.Context) error // for the connection; may be nil

	dials probe.Log[string] // network and address of each
	mu    sync.Mutex
	conns []*conn
}

func (n *network) dial(ctx context.Context, network, address string) (net.Conn, error) {
	n.dials.Add(network + " " + address)
	if n.wait != nil {
		if err := n.wait(ctx); err != nil {
			return nil, err
		}
	}
	c := n.server.connect()
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns = append(n.conns, c)
	return c, nil
}

// open is how many connections were left open. It closes them.
func (n *network) open() (left int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.conns {
		if c.closes.Total() == 0 {
			left++
			c.Close()
		}
	}
	return left
}

// get calls Get for a URL on network n, and looks at the connections after it.
func (n *network) get(ctx context.Context, t *testing.T, call, url string) (*rawget.Response, error) {
	t.Helper()
	response, err := rawget.Get(ctx, n.dial, url)
	synctest.Wait()
	probe.Equal(t, 3, "connections left open by "+call, n.open(), 0)
	return response, err
}

// besideAnother has a Get hang, and ctx of another one end: what a Get waits for is no
// concern of the others.
func besideAnother(t *testing.T) {
	s := server{silent: true}
	first, second := &network{server: s}, &network{server: s}
	slow, done := cancelledAfter(t, time.Minute), make(chan struct{})
	go func() {
		defer close(done)
		_, _ = rawget.Get(slow, first.dial, "http://bla.test/")
	}()
	synctest.Wait()
	interrupted(cancelledAfter(t, time.Second), t, second, time.Second, "a Get whose ctx is cancelled while another Get, too, waits for a silent server")
	<-done
	first.open()
}

// ended is the kind of an error that came after the end of ctx: it is ctx's error,
// whatever else is in it.
func ended(ctx context.Context, err error) string {
	if err != nil && probe.OfContext(ctx, err) == ctx.Err() {
		return "ctx's error"
	}
	return kind(err)
}

// kind is err's name in these tests: that of the end of ctx, if it is in it.
func kind(err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "context.Canceled", Err: context.Canceled},
		probe.Named{Name: "context.DeadlineExceeded", Err: context.DeadlineExceeded},
		probe.Named{Name: "io.ErrUnexpectedEOF", Err: io.ErrUnexpectedEOF},
		probe.Named{Name: "only the cause of ctx's end", Err: errReason, Alone: true})
}

// forever hangs until ctx is done, as a dial to a silent host does.
func forever(ctx context.Context) error {
	<-ctx.Done()
	return context.Cause(ctx)
}

// expiring is a context whose deadline comes after d, with a cause.
func expiring(t *testing.T, d time.Duration) context.Context {
	ctx, release := context.WithTimeoutCause(t.Context(), d, errReason)
	t.Cleanup(release)
	return ctx
}

// cancelledAfter is a context that is cancelled after d, with a cause, and long
// before its deadline.
func cancelledAfter(t *testing.T, d time.Duration) context.Context {
	far, release := context.WithTimeout(t.Context(), time.Hour)
	t.Cleanup(release)
	ctx, cancel := context.WithCancelCause(far)
	if d == 0 {
		cancel(errReason)
	} else {
		time.AfterFunc(d, func() { cancel(errReason) })
	}
	return ctx
}

package c10k_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/probe"
)

// door is a listener without a network: its connections are pipes.
type door struct {
	callers chan net.Conn
	closed  chan struct{}
	closing sync.Once
	served  chan error // what Serve has returned
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case c := <-d.callers:
		return c, nil
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

func (d *door) Addr() net.Addr { return &net.TCPAddr{} }

func (d *door) Close() error {
	err := net.ErrClosed
	d.closing.Do(func() { close(d.closed); err = nil })
	return err
}

// open runs Serve behind a new door.
func open(ctx context.Context, idle time.Duration, handle func(string) string) *door {
	d := &door{callers: make(chan net.Conn), closed: make(chan struct{}), served: make(chan error, 1)}
	go func() { d.served <- c10k.Serve(ctx, d, idle, handle) }()
	return d
}

// caller is a client's end of a connection.
type caller struct {
	net.Conn
	replies *bufio.Reader
}

// enter connects a client, which waits a day at most for anything.
func (d *door) enter(t *testing.T) caller {
	t.Helper()
	near, far := net.Pipe()
	near.SetDeadline(time.Now().Add(24 * time.Hour))
	select {
	case d.callers <- far:
	case <-time.After(time.Minute):
		probe.Failf(t, 1, "nobody accepts a new connection")
		t.FailNow()
	}
	return caller{near, bufio.NewReader(near)}
}

func (c caller) say(text string) { go io.WriteString(c, text) }

func (c caller) hear() string {
	line, _ := c.replies.ReadString('\n')
	return line
}

// Lines in pieces, two at once, and two clients.
func TestReplies(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		d := open(ctx, time.Minute, strings.ToUpper)
		ana, bob := d.enter(t), d.enter(t)
		bob.say("go")
		ana.say("hello\nworld\n")
		probe.Equal(t, 1, "reply to hello", ana.hear(), "HELLO\n")
		probe.Equal(t, 1, "reply to world", ana.hear(), "WORLD\n")
		time.Sleep(time.Second)
		bob.say("odbye\n")
		probe.Equal(t, 1, "reply to goodbye, said in two pieces", bob.hear(), "GOODBYE\n")
	})
}

// A client that says nothing is sent away after a minute.
func TestSilence(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c := open(ctx, time.Minute, strings.ToUpper).enter(t)
		took := probe.Elapsed(func() { c.hear() })
		probe.Equal(t, 2, "time until a silent connection is closed", took, time.Minute)
	})
}

// ctx ends while handle works on a line, and while another client is silent.
func TestGoodbye(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		d := open(ctx, time.Minute, func(line string) string {
			time.Sleep(5 * time.Second)
			return line
		})
		busy, silent := d.enter(t), d.enter(t)
		busy.say("hello\n")
		time.AfterFunc(time.Second, cancel)
		took := probe.Elapsed(func() { silent.hear() })
		probe.Equal(t, 3, "time until the silent connection is closed, with ctx cancelled after 1 s", took, time.Second)
		probe.Equal(t, 3, "reply to the line that handle was working on", busy.hear(), "hello\n")
		probe.Equal(t, 3, "error of Serve", probe.ErrorName(<-d.served), "nil")
	})
}

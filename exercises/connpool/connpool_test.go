package connpool_test

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/connpool"
)

// line is a connection to nowhere that remembers whether it was closed.
type line struct {
	net.Conn
	closed bool
}

func (l *line) Close() error {
	l.closed = true
	return l.Conn.Close()
}

// dial takes a second of the bubble's virtual time, like a far host.
func dial(ctx context.Context) (net.Conn, error) {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	near, _ := net.Pipe()
	return &line{Conn: near}, nil
}

// got calls Get, which must give a connection.
func got(t *testing.T, p *connpool.Pool, when string) *line {
	t.Helper()
	c, err := p.Get(t.Context())
	l, ok := c.(*line)
	if err != nil || !ok {
		probe.Failf(t, 1, "Get %s gives no connection of dial's", when)
		t.FailNow()
	}
	return l
}

// Ten requests one after the other: one dial, not ten.
func TestReuseOne(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		p := connpool.New(2, time.Minute, dial)
		defer p.Close()
		first := got(t, p, "of a new pool")
		took := probe.Elapsed(func() {
			c := first
			for range 10 {
				p.Put(c, false)
				c = got(t, p, "after Put")
				probe.Equal(t, 1, "Get after Put gives the same connection", c == first, true)
			}
		})
		probe.Equal(t, 1, "time of ten Gets after Put", took, 0)
		p.Put(first, true)
		synctest.Wait()
		probe.Equal(t, 2, "a broken connection is closed", first.closed, true)
		again := got(t, p, "after a broken Put")
		probe.Equal(t, 2, "Get after a broken Put gives another connection", again != first, true)
		p.Put(again, false)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		probe.Equal(t, 3, "a connection that was idle for two minutes, where idle is one, is closed", again.closed, true)
	})
}

// The third of three waits until one of two connections comes back.
func TestFull(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		p := connpool.New(2, time.Minute, dial)
		defer p.Close()
		a, b := got(t, p, "of a new pool"), got(t, p, "of a pool with one connection taken")
		time.AfterFunc(5*time.Second, func() { p.Put(a, false) })
		var c *line
		took := probe.Elapsed(func() { c = got(t, p, "of a full pool") })
		probe.Equal(t, 1, "time of Get, when a connection comes back after 5 s", took, 5*time.Second)
		probe.Equal(t, 1, "Get gives the connection that came back", c == a, true)

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		var err error
		took = probe.Elapsed(func() { _, err = p.Get(ctx) })
		probe.Equal(t, 3, "time of Get of a full pool with ctx cancelled after 3 s", took, 3*time.Second)
		probe.Equal(t, 3, "error of that Get", probe.ErrorName(err), "context.Canceled")
		p.Put(b, false)
		p.Put(c, false)
	})
}

// The end of a pool with one connection idle, one taken and, before that, one
// Get in line.
func TestTheEnd(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		p := connpool.New(1, time.Minute, dial)
		a := got(t, p, "of a new pool")
		waiting := make(chan error, 1)
		go func() {
			_, err := p.Get(t.Context())
			waiting <- err
		}()
		synctest.Wait()
		p.Close()
		closed := probe.Named{Name: "ErrClosed", Err: connpool.ErrClosed}
		probe.Equal(t, 3, "error of the Get in line", probe.ErrorName(<-waiting, closed), closed.Name)
		p.Put(a, false)
		synctest.Wait()
		probe.Equal(t, 3, "what is put after Close is closed", a.closed, true)

		p = connpool.New(1, time.Minute, dial)
		a = got(t, p, "of a new pool")
		p.Put(a, false)
		p.Close()
		synctest.Wait()
		probe.Equal(t, 3, "Close closes the idle connection", a.closed, true)
	})
}

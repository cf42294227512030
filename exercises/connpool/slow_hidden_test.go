//go:build hidden

package connpool_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
)

// wayToClose has the pool close its only connection.
type wayToClose struct {
	what  string // connection it is
	idle  time.Duration
	begin func(*script)
	byPut bool // it is a Put that closes it
}

var waysToClose = []wayToClose{
	{"which is broken", long, func(s *script) { go s.put(s.get(1, 1, "of a new pool"), true) }, true},
	{"which is not kept, since idle is 0", 0, func(s *script) { go s.put(s.get(1, 1, "of a new pool"), false) }, true},
	{"idle for too long", time.Minute, func(s *script) {
		s.put(s.get(1, 1, "of a new pool"), false)
		time.Sleep(time.Minute)
	}, false},
	{"dialled for a Get that has left", long, func(s *script) {
		s.d.before = func(_ context.Context, id int) error {
			if id == 1 {
				time.Sleep(time.Minute)
			}
			return nil
		}
		ctx, cancel := context.WithCancel(s.t.Context())
		dialling := get(ctx, s.p)
		s.want(1, dialling, waits, "whose dial takes a minute")
		cancel()
		probe.Equal(s.t, 3, "a Get waits on whose ctx is cancelled in a dial that ignores it", dialling.gave() == waits, false)
		time.Sleep(time.Minute)
	}, false},
}

// slowly asks for a connection while the only one is still being closed: its place
// is not free yet. Another one may leave meanwhile all the same.
func slowly(t *testing.T, w wayToClose) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		s := open(t, 1, w.idle)
		var over atomic.Bool
		s.d.closing = func() {
			if !over.Load() {
				time.Sleep(10 * time.Second)
			}
		}
		w.begin(s)
		time.Sleep(5 * time.Second)
		next := get(t.Context(), s.p)
		s.want(1, next, waits, "while the Close of the only connection, "+w.what+", takes ten seconds")
		if w.byPut {
			ctx, cancel := context.WithCancel(t.Context())
			leaver := get(ctx, s.p)
			synctest.Wait()
			cancel()
			s.want(3, leaver, "context.Canceled", "whose ctx is cancelled while the Close of a connection, "+w.what+", takes ten seconds")
		}
		time.Sleep(10 * time.Second)
		s.want(1, next, nth(2), "after the Close of the only connection, "+w.what)
		probe.Equal(t, 1, "most connections open at the same time", s.d.open.Peak(), 1)
		over.Store(true)
		s.end(next)
	})
}

func slowClose(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		s := open(t, 1, long)
		s.d.closing = func() { time.Sleep(time.Second) }
		s.d.sour = net.ErrClosed // the other end was faster
		first := s.get(1, 1, "of a new pool")
		next := get(t.Context(), s.p)
		synctest.Wait()
		go s.p.Put(first.conn, true)
		s.want(1, next, waits, "while the Close of the only connection takes a second")
		time.Sleep(1500 * time.Millisecond)
		s.want(2, next, nth(2), "after the broken connection has been closed, whose Close gave an error")
		probe.Equal(t, 1, "most connections open at the same time", s.d.open.Peak(), 1)
		s.p.Close()
		go s.put(next, false)
		time.Sleep(1500 * time.Millisecond)
		s.openNow(3, 0, "after Close and a Put of all that were taken")
	})
}

// failedDialsPlace has a dial fail with one in line: its place goes to that one alone.
func failedDialsPlace(t *testing.T) {
	s, gate := open(t, 1, long), probe.NewGate()
	s.d.before = func(_ context.Context, id int) error {
		if id > 1 {
			return nil
		}
		gate.Pass()
		return errRefused
	}
	line := s.line(2)
	gate.Open()
	if line[1].gave() == nth(2) {
		line = append(line, get(t.Context(), s.p))
		s.want(1, line[2], waits, "of a full pool, when the dial before the one that filled it has failed")
	}
	s.end(line...)
}

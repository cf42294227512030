//go:build hidden

package c10k_test

import (
	"context"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// leaving is a Serve whose ctx ends when a client has just come.
func leaving(s *explore.S) { meeting(s, false) }

// speaking is a Serve whose ctx ends while a client comes and says a line.
func speaking(s *explore.S) { meeting(s, true) }

func meeting(s *explore.S, speaks bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l, c, done, began := newListener(), newClient(s.Yield), make(chan struct{}), time.Now()
	if speaks {
		l.step = s.Yield
	}
	var handled probe.Log[string]
	var err error
	s.Go(func() {
		defer close(done)
		err = c10k.Serve(ctx, l, time.Hour, func(line string) string {
			handled.Add(line)
			return echo(line)
		})
	})
	var reply string
	accepted := false
	s.Go(func() {
		accepted = l.arrive(arrival{conn: c.server}, done, nil)
		switch {
		case !speaks:
			cancel()
		case accepted:
			c.say("hello\n")
			reply = c.reply()
		}
	})
	if speaks {
		s.Go(cancel)
	}
	s.Wait()
	c.Close()
	switch took := time.Since(began); {
	case err != nil:
		s.Fail(3, "error of Serve after ctx is done", probe.ErrorName(err), "nil")
	case took > time.Second: // promptly is not in no time: some look again after a moment
		s.Fail(3, "time until Serve returns after ctx is done, with no request under way", took, 0)
	case !l.isClosed():
		s.Failf(3, "the listener is open when Serve has returned")
	case handled.Len() == 1 && reply != "<hello>\n":
		s.Fail(3, "reply to a line that handle has got", reply, "<hello>\n")
	case accepted && !c.isClosed():
		s.Failf(3, "a connection that was accepted as ctx ended is open when Serve has returned")
	}
}

//go:build hidden

package c10k_test

import (
	"context"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// meeting is a Serve whose ctx ends while one client says a line and another
// one comes and says nothing.
func meeting(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l, done, began := newListener(), make(chan struct{}), time.Now()
	l.step = s.Yield
	var handled probe.Log[string]
	var err error
	s.Go(func() {
		defer close(done)
		err = c10k.Serve(ctx, l, time.Hour, func(line string) string {
			handled.Add(line)
			return echo(line)
		})
	})
	speaker, silent := newClient(s.Yield), newClient(s.Yield)
	var reply string
	accepted := map[*client]bool{}
	s.Go(func() {
		if accepted[speaker] = l.arrive(arrival{conn: speaker.server}, done, nil); accepted[speaker] {
			speaker.say("hello\n")
			reply = speaker.reply()
		}
		accepted[silent] = l.arrive(arrival{conn: silent.server}, done, nil)
	})
	s.Go(cancel)
	s.Wait()
	switch took := time.Since(began); {
	case err != nil:
		s.Fail(3, "error of Serve after ctx is done", err, nil)
	case took != 0:
		s.Fail(3, "time until Serve returns after ctx is done, with no request under way", took, 0)
	case !l.isClosed():
		s.Failf(3, "the listener is open when Serve has returned")
	case handled.Len() == 1 && reply != "<hello>\n":
		s.Fail(3, "reply to a line that handle has got", reply, "<hello>\n")
	}
	for c, was := range accepted {
		if was && !c.isClosed() {
			s.Failf(3, "a connection that was accepted as ctx ended is open when Serve has returned")
		}
		c.Close()
	}
}

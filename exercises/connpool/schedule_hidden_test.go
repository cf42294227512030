//go:build hidden

package connpool_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/connpool"
)

// user gets a connection, uses it and gives it back; instead names the errors
// that may come instead.
func user(s *explore.S, p *connpool.Pool, ctx context.Context, broken bool, instead string) {
	start := time.Now()
	c, err := p.Get(ctx)
	if waited := time.Since(start); waited >= long {
		s.Fail(1, "time for which a Get waits while the connection that was given back lies idle", waited.Round(time.Second), "none")
	}
	if err != nil {
		if k := kind(err); !strings.Contains(instead, k) {
			s.Fail(3, "error of Get", k, instead)
		}
		return
	}
	if c == nil {
		s.Fail(1, "Get", "neither a connection nor an error", "one of them")
		return
	}
	s.Yield()
	if mine, ok := c.(*conn); ok && mine.closed.Load() {
		s.Failf(3, "a connection has been closed that Get gave and that was not put back")
	}
	p.Put(c, broken)
}

// over closes p and wants nothing to be left.
func over(s *explore.S, d *dialer, p *connpool.Pool, most int) {
	p.Close()
	noneOpen(s, d, most)
}

// noneOpen wants nothing to be left of a pool that is closed, and never more than most to
// have been open.
func noneOpen(s *explore.S, d *dialer, most int) {
	time.Sleep(time.Second)
	if left := d.open.In(); left > 0 {
		s.Fail(3, "connections left open after Close and all Puts", left, 0)
	}
	if peak := d.open.Peak(); peak > most {
		s.Fail(1, "most connections open at the same time", peak, most)
	}
}

const noError = "no error"

// handOver cancels a Get as the only connection is handed over to it, or its place
// when it is broken.
func handOver(broken bool) func(*explore.S) {
	return func(s *explore.S) {
		d, p, first, ok := taken(s)
		if !ok {
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		s.Go(func() { user(s, p, ctx, false, "context.Canceled") })
		s.Go(func() {
			p.Put(first, broken)
			cancel()
		})
		s.Wait()
		user(s, p, context.Background(), false, noError) // waits for ever when it was lost
		over(s, d, p, 1)
	}
}

// dialEnds cancels a Get while its dial ends, with another in line.
func dialEnds(s *explore.S) {
	d := &dialer{before: func(context.Context, int) error { s.Yield(); return nil }}
	p := connpool.New(1, long, d.dial)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.Go(func() { user(s, p, ctx, false, "context.Canceled") })
	s.Go(func() { user(s, p, context.Background(), false, noError) })
	s.Go(cancel)
	s.Wait()
	over(s, d, p, 1)
}

// brokenPut has two Gets want the place of a connection that is broken.
func brokenPut(s *explore.S) {
	d := &dialer{closing: s.Yield}
	p := connpool.New(1, long, d.dial)
	for range 2 {
		s.Go(func() { user(s, p, context.Background(), true, noError) })
	}
	s.Wait()
	over(s, d, p, 1)
}

// failedDial has two Gets want the only place, whose first dial fails.
func failedDial(s *explore.S) {
	d := &dialer{before: func(_ context.Context, id int) error {
		s.Yield()
		if id == 1 {
			return errRefused
		}
		return nil
	}}
	p := connpool.New(1, long, d.dial)
	for range 2 {
		s.Go(func() { user(s, p, context.Background(), false, "dial's error") })
	}
	s.Wait()
	over(s, d, p, 1)
}

// closed has Close meet a Get and a Put.
func closed(s *explore.S) {
	d := &dialer{before: func(context.Context, int) error { s.Yield(); return nil }}
	p := connpool.New(1, long, d.dial)
	s.Go(func() { user(s, p, context.Background(), false, "ErrClosed") })
	s.Go(func() { user(s, p, context.Background(), false, "ErrClosed") })
	s.Go(p.Close)
	s.Wait()
	noneOpen(s, d, 1)
}

// together has sixteen goroutines share four connections. What one of them does
// to a connection before its Put, the next one sees after its Get.
func together(t *testing.T) {
	const users, rounds, most = 16, 30, 4
	d := new(dialer)
	p := connpool.New(most, long, d.dial)
	uses := make([]int, users) // of each goroutine
	strange := make([]bool, users)
	probe.Parallel(t, users, func(i int) {
		for k := range rounds {
			c, err := p.Get(t.Context())
			mine, ok := c.(*conn)
			if err != nil || !ok {
				strange[i] = true
				return
			}
			mine.uses++
			uses[i]++
			p.Put(c, (i+k)%11 == 0)
		}
	})
	for i := range users {
		probe.Equal(t, 1, "Get of one of 16 goroutines gives a connection every time", !strange[i] && uses[i] == rounds, true)
		if t.Failed() {
			break
		}
	}
	p.Close()
	time.Sleep(time.Second)
	probe.Equal(t, 3, "number of connections open after Close and all Puts", d.open.In(), 0)
	if d.open.Peak() > most {
		probe.Fail(t, 1, "most connections open at the same time", d.open.Peak(), fmt.Sprint("at most ", most))
	}
}

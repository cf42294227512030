//go:build hidden

package connpool_test

import (
	"context"
	"net"
	"time"

	"gorutinas/exercises/internal/explore"

	"gorutinas/exercises/connpool"
)

// taken returns a pool of one connection, and that connection.
func taken(s *explore.S) (*dialer, *connpool.Pool, net.Conn, bool) {
	d := new(dialer)
	p := connpool.New(1, long, d.dial)
	c, err := p.Get(context.Background())
	if err != nil {
		s.Fail(1, "error of Get of a new pool", kind(err), noError)
	}
	return d, p, c, err == nil
}

// leavesAnyTime cancels a Get while nobody gives anything back.
func leavesAnyTime(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.Go(func() { user(s, p, ctx, false, "context.Canceled") })
	s.Go(cancel)
	s.Wait()
	p.Put(c, false)
	over(s, d, p, 1)
}

// oneOfTwoLeaves cancels a Get beside a patient one. The connection comes back only
// when it has left.
func oneOfTwoLeaves(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.Go(func() { user(s, p, context.Background(), false, noError) })
	s.Go(func() {
		user(s, p, ctx, false, "context.Canceled")
		p.Put(c, false)
	})
	s.Go(cancel)
	s.Wait()
	over(s, d, p, 1)
}

// leavesAsItComes cancels a Get as the connection comes back, or its place when it
// is broken, for which another one waits as well.
func leavesAsItComes(broken bool) func(*explore.S) {
	return func(s *explore.S) {
		d, p, c, ok := taken(s)
		if !ok {
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		s.Go(func() { user(s, p, ctx, false, "context.Canceled") })
		s.Go(func() { user(s, p, context.Background(), false, noError) })
		s.Go(func() {
			p.Put(c, broken)
			cancel()
		})
		s.Wait()
		over(s, d, p, 1)
	}
}

// putMeetsGet gives the connection back as somebody comes for it.
func putMeetsGet(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	s.Go(func() { p.Put(c, false) })
	s.Go(func() { user(s, p, context.Background(), false, noError) })
	s.Wait()
	over(s, d, p, 1)
}

// expireAsOneIsTaken has two connections expire at the moment at which somebody
// comes for one. Whether that is in time is left open.
func expireAsOneIsTaken(s *explore.S) {
	d := new(dialer)
	p := connpool.New(2, time.Second, d.dial)
	var all []net.Conn
	for range 2 {
		c, err := p.Get(context.Background())
		if err != nil {
			s.Fail(1, "error of Get of a new pool", kind(err), noError)
			return
		}
		all = append(all, c)
	}
	for _, c := range all {
		p.Put(c, false)
	}
	s.Go(func() {
		time.Sleep(time.Second)
		user(s, p, context.Background(), false, noError)
	})
	s.Wait()
	over(s, d, p, 2)
}

// closedTwice has two close the pool at the same time.
func closedTwice(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	p.Put(c, false)
	s.Go(p.Close)
	s.Go(p.Close)
	s.Wait()
	noneOpen(s, d, 1)
}

// closedFull has Close meet a Get of a pool that is full, and stays so.
func closedFull(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	s.Go(func() { user(s, p, context.Background(), false, "ErrClosed") })
	s.Go(p.Close)
	s.Wait() // until Get has returned: nothing is put back before
	p.Put(c, false)
	noneOpen(s, d, 1)
}

// closedAsItComes closes the pool as the connection comes back to a Get that leaves.
func closedAsItComes(s *explore.S) {
	d, p, c, ok := taken(s)
	if !ok {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.Go(func() { user(s, p, ctx, false, "context.Canceled or ErrClosed") })
	s.Go(func() {
		p.Put(c, false)
		cancel()
		p.Close()
	})
	s.Wait()
	noneOpen(s, d, 1)
}

// failedDials has both dials of a pool of two fail.
func failedDials(s *explore.S) {
	d := &dialer{before: func(context.Context, int) error { s.Yield(); return errRefused }}
	p := connpool.New(2, long, d.dial)
	for range 2 {
		s.Go(func() { user(s, p, context.Background(), false, "dial's error") })
	}
	s.Wait()
	over(s, d, p, 2)
}

// dialHears has a dial fail because the ctx of its Get is cancelled, or a minute later where
// it goes on for others. In no order of the steps is that failure what Get returns.
func dialHears(s *explore.S) {
	d := &dialer{before: func(ctx context.Context, _ int) error {
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
		}
		return errReason
	}}
	p := connpool.New(1, long, d.dial)
	ctx, cancel := context.WithCancel(context.Background())
	s.Go(func() { user(s, p, ctx, false, "context.Canceled") })
	s.Go(cancel)
	s.Wait()
	time.Sleep(time.Minute)
	over(s, d, p, 1)
}

//go:build hidden

package reactor_test

import (
	"context"
	"testing"

	"gorutinas/exercises/internal/explore"
)

// registeredAnyTime registers a connection at any moment of a Run that has
// nothing else to do: it is served although no other connection ever says a word.
func registeredAnyTime(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r := reactorOf(t)
		silent, later := newDiary("silent"), newDiary("later", read{data: "x"}, end)
		r.Register(silent.conn, silent.handler())
		h := later.handler()
		h.OnClose = func(err error) {
			later.end(err)
			cancel()
		}
		var err error
		s.Go(func() {
			silent.home, later.home = goroutine(), goroutine()
			err = r.Run(ctx)
		})
		s.Go(func() { r.Register(later.conn, h) })
		s.Wait()
		whole(s, silent, err)
		whole(s, later, err)
	}, explore.Schedules(300))
}

// registerMeetsCancel has Run end while a connection is registered, which it may
// or may not find.
func registerMeetsCancel(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r := reactorOf(t)
		first, second := newDiary("first"), newDiary("second")
		r.Register(first.conn, first.handler())
		var err error
		s.Go(func() {
			first.home, second.home = goroutine(), goroutine()
			err = r.Run(ctx)
		})
		s.Go(func() { r.Register(second.conn, second.handler()) })
		s.Go(cancel)
		s.Wait()
		whole(s, first, err)
		if second.ends.Len() > 0 || second.closes.Total() > 0 {
			whole(s, second, err)
		}
	}, explore.Schedules(300))
}

//go:build hidden

package reactor_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/reactor"
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
			silent.home, later.home = probe.Goroutine(), probe.Goroutine()
			err = r.Run(ctx)
		})
		s.Go(func() { r.Register(later.conn, h) })
		s.Wait()
		whole(s, silent, err)
		whole(s, later, err)
	}, explore.Schedules(300))
}

// registeredTogether registers two connections at the same time, at any moment of a Run
// that has nothing else to do: each of them is served.
func registeredTogether(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r := reactorOf(t)
		silent := newDiary("silent")
		r.Register(silent.conn, silent.handler())
		var ended probe.Gauge
		s.Go(func() { _ = r.Run(ctx) })
		for range 2 {
			later := newDiary("later", end)
			s.Go(func() {
				r.Register(later.conn, reactor.Handler{OnData: later.data, OnClose: func(error) {
					if ended.Next() == 2 {
						cancel()
					}
				}})
			})
		}
		s.Wait()
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
			first.home, second.home = probe.Goroutine(), probe.Goroutine()
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

// Ends, a cancel and a Register meet in every order.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r := reactorOf(t)
		a := newDiary("a", read{data: "x"}, end)
		b := newDiary("b", read{data: "y"}, end)
		a.step, b.step = s.Yield, s.Yield
		r.Register(a.conn, a.handler())
		var err error
		s.Go(func() {
			a.home, b.home = probe.Goroutine(), probe.Goroutine()
			err = r.Run(ctx)
		})
		s.Go(func() {
			r.Register(b.conn, b.handler())
			cancel()
		})
		s.Wait()
		whole(s, a, err)
		if b.ends.Len() > 0 || isCtx(err) && b.closes.Total() > 0 {
			whole(s, b, err)
		}
	}, explore.Schedules(400))
	for _, meet := range []func(*testing.T){registeredAnyTime, registeredTogether, registerMeetsCancel} {
		if !t.Failed() {
			meet(t)
		}
	}
}

// sideBySide runs reactors at the same time, each on a goroutine of its own.
func sideBySide(t *testing.T) {
	const reactors, conns = 3, 4
	var errs [reactors]error
	var all [reactors][]*diary
	for i := range all {
		for range conns {
			all[i] = append(all[i], newDiary("", read{after: time.Second, data: "a"}, read{data: "b"}, end))
		}
	}
	probe.Parallel(t, reactors, func(i int) {
		r := reactor.New()
		for _, d := range all[i] {
			d.home = probe.Goroutine()
			r.Register(d.conn, d.handler())
		}
		errs[i] = r.Run(t.Context())
	})
	for i, err := range errs {
		probe.Equal(t, 3, "error of one of 3 Runs at the same time, each of a reactor of its own", name(err), "nil")
		for _, d := range all[i] {
			probe.Equal(t, 1, "data of a connection of one of 3 reactors that run at the same time", d.text(), "ab")
			d.closedOnce(t, 2, "of one of 3 reactors that run at the same time", nil)
		}
	}
}

// inParallel registers connections from many goroutines on all processors, while Run
// works. It is no bubble, in which goroutines would come one after the other more often
// than not.
func inParallel(t *testing.T) {
	const goroutines, rounds = 8, 150
	r := reactorOf(t)
	ended := 0 // handlers run one at a time: no lock
	h := reactor.Handler{OnData: func([]byte) {}, OnClose: func(error) { ended++ }}
	last, hangUp := io.Pipe() // keeps Run at work
	r.Register(last, h)
	result := make(chan error, 1)
	go func() { result <- r.Run(t.Context()) }()
	probe.Parallel(t, goroutines, func(int) {
		for range rounds {
			r.Register(io.NopCloser(strings.NewReader("")), h)
		}
	})
	hangUp.Close()
	<-result
	probe.Equal(t, 3, fmt.Sprintf("connections whose end was told, of one and %d that 8 goroutines register", goroutines*rounds), ended, goroutines*rounds+1)
}

// crowd registers a lot of connections, before Run and from a handler: nobody
// takes them meanwhile.
func crowd(t *testing.T) {
	const n = 1500
	for _, when := range []string{"before Run", "by an OnData"} {
		r := reactorOf(t)
		ended := 0 // handlers run one at a time: no lock
		h := reactor.Handler{OnData: func([]byte) {}, OnClose: func(error) { ended++ }}
		all := func([]byte) {
			for range n {
				r.Register(io.NopCloser(strings.NewReader("")), h)
			}
		}
		first := reactor.Handler{OnData: all, OnClose: h.OnClose}
		if when == "before Run" {
			all(nil)
			first = h
		}
		r.Register(io.NopCloser(strings.NewReader("x")), first)
		call := fmt.Sprintf("Run(ctx) with a connection and %d more that were registered %s", n, when)
		probe.Equal(t, 3, "error of "+call, name(r.Run(t.Context())), "nil")
		probe.Equal(t, 3, "connections whose end was told by "+call, ended, n+1)
	}
}

// whole says what must hold of a connection whatever the schedule.
func whole(s *explore.S, d *diary, err error) {
	switch {
	case d.ends.Len() != 1:
		s.Fail(2, "number of calls of OnClose", d.ends.Len(), 1)
	case d.closes.Total() != 1:
		s.Fail(2, "number of calls of Close", d.closes.Total(), 1)
	case d.late.Total() > 0:
		s.Failf(2, "OnData was called after OnClose")
	case d.open.Total() > 0:
		s.Failf(2, "OnClose was called before the connection had been closed")
	case d.others.Total() > 0:
		s.Failf(1, "a handler ran on another goroutine than Run's")
	case d.ends.All()[0] == nil && d.Len() != 1:
		s.Fail(1, "pieces of data of a connection that ended with nil", d.Len(), 1)
	case d.ends.All()[0] == nil || isCtx(err):
	case isCtx(d.ends.All()[0]):
		s.Fail(3, "error of Run(ctx) after OnClose got ctx's error", name(err), name(context.Canceled))
	default:
		s.Fail(2, "error given to OnClose when every Read gives data, io.EOF or nothing until ctx is done", name(d.ends.All()[0]), "nil or context.Canceled")
	}
}

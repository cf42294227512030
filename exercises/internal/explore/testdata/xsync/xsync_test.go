package xsync

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/explore/testdata/xsync/errgroup"
	"gorutinas/exercises/internal/explore/testdata/xsync/semaphore"
	"gorutinas/exercises/internal/explore/testdata/xsync/singleflight"
	"gorutinas/exercises/internal/probe"
)

func TestMain(m *testing.M) { probe.Main(m) }

var errFirst = errors.New("first")

func TestGroup(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		g, ctx := errgroup.WithContext(s.Context())
		g.Go(func() error { s.Yield(); return errFirst })
		g.Go(func() error { <-ctx.Done(); return ctx.Err() })
		if err := g.Wait(); err != errFirst {
			s.Fail(1, "Wait()", err, errFirst)
		}
	}, explore.Schedules(3000))
}

func TestGroupLimit(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		var g errgroup.Group
		var in probe.Gauge
		g.SetLimit(2)
		for range 4 {
			g.Go(func() error { in.Enter(); s.Yield(); in.Leave(); return nil })
		}
		g.Wait()
		if p := in.Peak(); p > 2 {
			s.Fail(1, "goroutines with SetLimit(2)", p, 2)
		}
	}, explore.Schedules(3000))
}

func TestSemaphore(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		sem := semaphore.NewWeighted(2)
		var in probe.Gauge
		use := func() {
			if err := sem.Acquire(s.Context(), 2); err != nil {
				s.Fail(1, "Acquire", err, nil)
				return
			}
			in.Enter()
			s.Yield()
			in.Leave()
			sem.Release(2)
		}
		s.Go(use)
		s.Go(use)
		s.Go(func() {
			if sem.TryAcquire(1) {
				sem.Release(1)
			}
		})
		s.Wait()
		if p := in.Peak(); p > 1 {
			s.Fail(1, "holders of everything", p, 1)
		}
	}, explore.Schedules(3000))
}

func TestSemaphoreCancel(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		sem := semaphore.NewWeighted(1)
		sem.Acquire(s.Context(), 1)
		ctx, cancel := context.WithTimeout(s.Context(), time.Second)
		defer cancel()
		s.Go(func() {
			if sem.Acquire(ctx, 1) == nil {
				sem.Release(1)
			}
		})
		s.Go(cancel)
		s.Go(func() { sem.Release(1) })
		s.Wait()
		if !sem.TryAcquire(1) {
			s.Failf(1, "the semaphore is not free at the end")
		}
	}, explore.Schedules(3000))
}

func TestSingleflight(t *testing.T) {
	explore.Run(t, func(s *explore.S) {
		var g singleflight.Group
		var in probe.Gauge
		do := func() {
			v, err, _ := g.Do("k", func() (any, error) { in.Enter(); s.Yield(); in.Leave(); return 1, nil })
			if v != 1 || err != nil {
				s.Fail(1, "Do", v, 1)
			}
		}
		s.Go(do)
		s.Go(do)
		s.Go(func() { <-g.DoChan("k", func() (any, error) { return 1, nil }) })
		s.Wait()
		if p := in.Peak(); p > 1 {
			s.Fail(1, "calls in flight for one key", p, 1)
		}
	}, explore.Schedules(3000))
}

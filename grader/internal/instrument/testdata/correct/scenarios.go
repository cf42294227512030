package correct

import (
	"context"
	"errors"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/zz-rewritten/containers"
	"gorutinas/exercises/zz-rewritten/errgroup"
	"gorutinas/exercises/zz-rewritten/semaphore"
	"gorutinas/exercises/zz-rewritten/singleflight"
)

var scenarios = map[string]func(*explore.S){
	"group":            group,
	"group with limit": groupLimit,
	"semaphore":        semaphores,
	"semaphore cancel": semaphoreCancel,
	"singleflight":     flights,
	"forgotten flight": forgotten,
	"list":             recent,
	"ring":             turns,
	"heap":             queue,
}

var errFirst = errors.New("first")

func group(s *explore.S) {
	g, ctx := errgroup.WithContext(s.Context())
	g.Go(func() error { s.Yield(); return errFirst })
	for range 2 {
		g.Go(func() error { <-ctx.Done(); return ctx.Err() })
	}
	if err := g.Wait(); err != errFirst {
		s.Fail(1, "Wait()", err, errFirst)
	}
}

func groupLimit(s *explore.S) {
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
}

func semaphores(s *explore.S) {
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
}

func semaphoreCancel(s *explore.S) {
	sem := semaphore.NewWeighted(1)
	sem.Acquire(s.Context(), 1)
	ctx, cancel := context.WithTimeout(s.Context(), time.Second)
	defer cancel()
	for range 2 {
		s.Go(func() {
			if sem.Acquire(ctx, 1) == nil {
				sem.Release(1)
			}
		})
	}
	s.Go(cancel)
	s.Go(func() { sem.Release(1) })
	s.Wait()
	if !sem.TryAcquire(1) {
		s.Failf(1, "the semaphore is not free at the end")
	}
}

func flights(s *explore.S) {
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
}

func forgotten(s *explore.S) {
	var g singleflight.Group
	var calls probe.Gauge
	do := func() { g.Do("k", func() (any, error) { calls.Enter(); return nil, nil }) }
	s.Go(do)
	s.Go(do)
	s.Go(func() { g.Forget("k"); do() })
	s.Wait()
	if n := calls.Total(); n < 1 || n > 3 {
		s.Fail(1, "calls for three Do", n, "1 to 3")
	}
}

func recent(s *explore.S) {
	r := containers.NewRecent(1)
	for _, key := range []string{"a", "b", "a"} {
		s.Go(func() { r.Use(key) })
	}
	s.Wait()
	if inOrder, inMap := r.Len(); inOrder != 1 || inMap != 1 {
		s.Fail(1, "Len", []int{inOrder, inMap}, []int{1, 1})
	}
}

func turns(s *explore.S) {
	t := containers.NewTurns(4)
	var got [2][2]int
	for i := range got {
		s.Go(func() { got[i] = [2]int{t.Next(), t.Next()} })
	}
	s.Go(func() {
		if n := t.Len(); n != 4 {
			s.Fail(1, "Len", n, 4)
		}
	})
	s.Wait()
	if a, b := got[0], got[1]; a[0]+a[1]+b[0]+b[1] != 0+1+2+3 {
		s.Fail(1, "four turns", got, "each number once")
	}
}

func queue(s *explore.S) {
	q := containers.NewQueue()
	var got [2]int
	for i := range got {
		s.Go(func() { got[i] = q.Pop() })
	}
	s.Go(func() { q.Push(3); q.Push(1) })
	s.Wait()
	if got[0]+got[1] != 4 {
		s.Fail(1, "two Pop after Push(3), Push(1)", got, "each once")
	}
}

//go:build hidden

package restaurant_test

import (
	"context"
	"slices"
	"testing"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/restaurant"
)

// exploreServe wants each order served once, one at a time, in every schedule: also the
// one that nothing is cooked for.
func exploreServe(t *testing.T, s service) {
	if t.Failed() {
		return
	}
	explore.Run(t, func(x *explore.S) {
		var err error
		var serving probe.Gauge
		var served probe.Log[int]
		x.Go(func() {
			err = s.run(x.Context(), 2, []restaurant.Order{order(1, "beer"), order(2), order(3, "beer")},
				func(context.Context, string) error { x.Yield(); return nil },
				func(_ int, o restaurant.Order) {
					serving.Enter()
					x.Yield()
					served.Add(o.ID)
					serving.Leave()
				})
		})
		x.Wait()
		call := s.name + " with 2 waiters of 3 orders"
		if err != nil {
			x.Fail(4, "error of "+call, name(err), "nil")
		}
		if n := serving.Peak(); n != 1 {
			x.Fail(2, call+": serves at the same time", n, 1)
		}
		if ids := slices.Sorted(slices.Values(served.All())); !slices.Equal(ids, []int{1, 2, 3}) {
			x.Fail(2, call+": orders served, sorted", ids, "[1 2 3]")
		}
	}, explore.Schedules(200))
}

// exploreFirstError has one cook fail, another one wait to be cancelled, and
// two orders ready: one of them may be served meanwhile, the other is too late.
func exploreFirstError(t *testing.T, s service) {
	if t.Failed() {
		return
	}
	explore.Run(t, func(x *explore.S) {
		var err error
		var served probe.Gauge
		roasting, roast := context.WithCancel(x.Context())
		cancelled, cancel := context.WithCancel(x.Context())
		cook := func(ctx context.Context, product string) error {
			switch product {
			case "steak":
				<-roasting.Done()
				return errBurnt
			case "roast":
				roast()
				<-ctx.Done()
				cancel()
				return errSpilt
			}
			return nil
		}
		x.Go(func() {
			err = s.run(x.Context(), 4, []restaurant.Order{order(1, "steak"), order(2, "roast"), order(3, "soda"), order(4, "soda")},
				cook, func(int, restaurant.Order) { served.Enter(); <-cancelled.Done() })
		})
		x.Wait()
		call := s.name + " with 4 waiters of 4 orders, when order 1 burns"
		if !is(err, errBurnt) {
			x.Fail(4, "error of "+call, name(err), name(errBurnt))
		}
		if served.Total() > 1 {
			x.Failf(4, "%s: a serve began when a cook's context was done already", call)
		}
	}, explore.Schedules(300))
}

// exploreContextDone ends ctx while the first of two orders is served.
func exploreContextDone(t *testing.T, s service) {
	if t.Failed() {
		return
	}
	explore.Run(t, func(x *explore.S) {
		var err error
		var served probe.Gauge
		ctx, cancel := context.WithCancel(x.Context())
		x.Go(func() {
			err = s.run(ctx, 2, []restaurant.Order{order(1, "soda"), order(2, "soda")},
				func(context.Context, string) error { return nil },
				func(int, restaurant.Order) { served.Enter(); cancel(); x.Yield() })
		})
		x.Wait()
		call := s.name + " with 2 waiters of 2 orders, when ctx ends in the first serve"
		if n := served.Total(); n != 1 {
			x.Fail(4, call+": orders served", n, 1)
		}
		if !is(err, context.Canceled) {
			x.Fail(4, "error of "+call, name(err), name(context.Canceled))
		}
	}, explore.Schedules(200))
}

// exploreRaces has two waiters meet at everything they share: the queue, serve,
// the first error.
func exploreRaces(t *testing.T, s service) {
	for _, burns := range []error{nil, errBurnt} {
		if t.Failed() {
			return
		}
		explore.Run(t, func(x *explore.S) {
			var err error
			x.Go(func() {
				err = s.run(x.Context(), 2, []restaurant.Order{order(1, "beer"), order(2, "beer")},
					func(context.Context, string) error { return burns }, func(int, restaurant.Order) {})
			})
			x.Wait()
			if !is(err, burns) {
				x.Fail(4, "error of "+s.name+" with 2 waiters of 2 orders", name(err), name(burns))
			}
		}, explore.Schedules(200))
	}
}

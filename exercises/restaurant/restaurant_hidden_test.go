//go:build hidden

package restaurant_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/restaurant"
)

// The API, to the letter.
var (
	_ *error                                          = &restaurant.ErrNoWaiters
	_ func(ctx context.Context, product string) error = restaurant.Cook(nil)
	_                                                 = struct {
		ID       int
		Products []string
	}(restaurant.Order{})
)

// The evening of the statement.
func TestEvening(t *testing.T) {
	probe.Check(t)
	rows := []struct {
		service service
		waiters int
		took    time.Duration
	}{
		{oneByOne, 1, 43800 * time.Millisecond},
		{oneByOne, 2, 23600 * time.Millisecond},
		{allAtOnce, 1, 23700 * time.Millisecond},
		{allAtOnce, 2, 15 * second},
		{allAtOnce, 4, 7500 * time.Millisecond},
	}
	for _, row := range rows {
		probe.Bubble(t, func(t *testing.T) {
			start := time.Now()
			err := row.service.run(t.Context(), row.waiters, orders(), cook, func(int, restaurant.Order) {})
			call := row.service.name + " of the four orders with " + staff(row.waiters)
			wantError(t, call, err, nil)
			probe.Equal(t, 3, "time of "+call, time.Since(start), row.took)
		})
	}
}

// Whoever is free takes the next order: that makes every moment of an evening
// predictable.
func TestOneQueue(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	each(t, oneLongOrder)
	each(t, manyWaiters)
	each(t, longQueue)
	for range 10 {
		each(t, func(t *testing.T, s service) { randomEvening(t, r, s) })
	}
}

// What is cooked and served, how often, and what at the same time.
func TestServe(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	each(t, busyWhileServing)
	each(t, serveRunsAnother)
	each(t, func(t *testing.T, s service) { wholeOrders(t, r, s) })
	each(t, cooksInFlight)
	for _, s := range services {
		exploreServe(t, s)
	}
	each(t, waitsToServe)
}

// What is wrong before the first order is taken.
func TestArguments(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	orders := []restaurant.Order{order(1, "beer")}
	if noWaiters == nil {
		probe.Fail(t, 4, "ErrNoWaiters", "nil", "an error")
	}
	for _, waiters := range []int{0, -1, -1 - r.IntN(1000)} {
		each(t, func(t *testing.T, s service) {
			k := newKitchen(nil)
			call := fmt.Sprintf("%s with %d waiters", s.name, waiters)
			wantError(t, call, s.run(probe.Foreign(t.Context()), waiters, orders, k.cook, k.serve), noWaiters)
			probe.Equal(t, 4, call+": cooks and serves", k.log.Len(), 0)
			wantError(t, call+" and no orders", s.run(t.Context(), waiters, nil, k.cook, k.serve), noWaiters)
		})
	}
	each(t, func(t *testing.T, s service) {
		k := newKitchen(nil)
		wantError(t, s.name+" of no orders", s.run(t.Context(), 2, nil, k.cook, k.serve), nil)
		wantError(t, s.name+" with 1 waiter", s.run(t.Context(), 1, orders, k.cook, k.serve), nil)
		probe.WantPanic(t, 5, s.name+" with a nil cook", func() { _ = s.run(t.Context(), 1, orders, nil, k.serve) })
		probe.WantPanic(t, 5, s.name+" with a nil serve", func() { _ = s.run(t.Context(), 1, orders, k.cook, nil) })
		probe.WantPanic(t, 5, s.name+" with a nil cook and no orders", func() { _ = s.run(t.Context(), 1, nil, nil, k.serve) })
		probe.WantPanic(t, 5, s.name+" with a nil serve and no orders", func() { _ = s.run(t.Context(), 1, nil, k.cook, nil) })
		call := s.name + " of one order with one product, called three times: with 1 waiter, a nil cook, a nil serve"
		probe.Equal(t, 5, call+": products cooked", len(k.events("cook")), 1)
		probe.Equal(t, 5, call+": orders served", len(k.served()), 1)
	})
}

// A cook fails; nothing begins after that.
func TestFirstError(t *testing.T) {
	probe.Check(t)
	const late = 1300 * time.Millisecond
	stories := []story{
		{ // the other cooks stop at once
			dishes: map[string]dish{"soda": {takes: second / 2}, "steak": {takes: late, err: errBurnt}, "roast": {takes: 10 * second}},
			orders: []restaurant.Order{order(1, "steak", "roast"), order(2, "soda"), order(3, "roast"), order(4, "roast"), order(5, "soda")},
			want:   errBurnt, at: late, back: late, served: []int{2},
		},
		{ // the other cooks go on: one to the end, one to an error of its own; meanwhile ctx ends
			dishes: map[string]dish{
				"steak": {takes: late, err: errBurnt},
				"roast": {takes: 5 * second, stubborn: true}, "soup": {takes: 3 * second, stubborn: true, err: errSpilt},
				"soda": {takes: second / 2},
			},
			closes: 2 * second,
			orders: []restaurant.Order{order(1, "roast", "soda"), order(2, "soup"), order(3, "steak"), order(4, "roast"), order(5, "roast")},
			want:   errBurnt, at: late, back: 5 * second,
		},
		{ // the other cooks go on to the end, and ctx with them; one order is not for the kitchen
			dishes: map[string]dish{"steak": {takes: late, err: errBurnt}, "roast": {takes: 5 * second, stubborn: true}, "soda": {takes: second / 2}},
			orders: []restaurant.Order{order(1, "roast", "soda"), order(2, "roast"), order(3, "steak"), order(4, "roast"), order(5)},
			want:   errBurnt, at: late, back: 5 * second,
		},
		{ // the first error looks like that of a cook which was cancelled
			dishes: map[string]dish{"soda": {takes: second / 2}, "steak": {takes: late, err: context.Canceled}, "roast": {takes: 10 * second}},
			orders: []restaurant.Order{order(1, "steak"), order(2, "soda"), order(3, "roast"), order(4, "roast"), order(5, "soda")},
			want:   context.Canceled, at: late, back: late, served: []int{2},
		},
		{ // the first error looks as if it were a matter of time
			dishes: map[string]dish{"soda": {takes: second / 2}, "steak": {takes: late, err: context.DeadlineExceeded}, "roast": {takes: 10 * second}},
			orders: []restaurant.Order{order(1, "steak"), order(2, "soda"), order(3, "roast"), order(4, "roast"), order(5, "soda")},
			want:   context.DeadlineExceeded, at: late, back: late, served: []int{2},
		},
		{ // an order is being served, and goes on being served; a second is ready meanwhile
			dishes: map[string]dish{"soda": {takes: second / 2}, "beer": {takes: second}, "steak": {takes: late, err: errBurnt}},
			serves: 5 * second,
			orders: []restaurant.Order{order(1, "soda"), order(2, "steak"), order(3, "beer"), order(4, "soda")},
			want:   errBurnt, at: late, back: 5*second + second/2, served: []int{1},
		},
	}
	for _, y := range stories {
		each(t, y.play)
	}
	inOneOrder := []story{
		{ // the first in time, that is, whatever place its product has in the order
			dishes: map[string]dish{"steak": {takes: late, err: errBurnt}, "roast": {takes: 10 * second}},
			orders: []restaurant.Order{order(1, "roast", "steak", "roast")},
			want:   errBurnt, at: late, back: late,
		},
		{ // the other cooks of that order go on to the end
			dishes: map[string]dish{"steak": {takes: late, err: errBurnt}, "roast": {takes: 5 * second, stubborn: true}},
			orders: []restaurant.Order{order(1, "roast", "steak", "roast")},
			want:   errBurnt, at: late, back: 5 * second,
		},
		{ // so they do here, but other orders do not wait for them to hear of the error
			dishes: map[string]dish{"steak": {takes: late, err: errBurnt}, "roast": {takes: 5 * second, stubborn: true}, "soda": {takes: second / 2}},
			orders: []restaurant.Order{order(1, "roast", "steak", "roast"), order(2, "soda"), order(3, "roast"), order(4, "soda"), order(5, "soda"), order(6, "soda")},
			want:   errBurnt, at: late, back: 5 * second, served: []int{2, 4},
		},
	}
	for _, y := range inOneOrder {
		if !t.Failed() {
			probe.Bubble(t, func(t *testing.T) { y.play(t, allAtOnce) })
		}
	}
	for _, s := range services {
		exploreFirstError(t, s)
	}
}

// The same when ctx ends.
func TestContextDone(t *testing.T) {
	probe.Check(t)
	const closing = 1500 * time.Millisecond
	stories := []story{
		{ // the cooks stop at once, with errors of their own
			dishes: map[string]dish{"soda": {takes: second}, "roast": {takes: 10 * second}},
			closes: closing,
			orders: []restaurant.Order{order(1, "soda"), order(2, "roast", "soda"), order(3, "soda", "roast"), order(4, "roast"), order(5, "soda")},
			want:   context.Canceled, at: closing, back: closing, served: []int{1},
		},
		{ // the cooks go on: one to the end, one to an error of its own
			dishes: map[string]dish{
				"roast": {takes: 5 * second, stubborn: true}, "steak": {takes: 2 * second, stubborn: true, err: errBurnt},
				"soda": {takes: second / 2},
			},
			closes: closing,
			orders: []restaurant.Order{order(1, "roast", "soda"), order(2, "steak"), order(3, "roast"), order(4, "roast")},
			want:   context.Canceled, at: closing, back: 5 * second,
		},
		{ // an order is being served, and goes on being served; a second is ready meanwhile
			dishes: map[string]dish{"soda": {takes: second / 2}, "beer": {takes: second}},
			serves: 5 * second, closes: closing,
			orders: []restaurant.Order{order(1, "soda"), order(2, "beer"), order(3, "beer"), order(4, "soda")},
			want:   context.Canceled, at: closing, back: 5*second + second/2, served: []int{1},
		},
		{ // the only order is being served: nothing is left to begin
			dishes: map[string]dish{"soda": {takes: second / 2}},
			serves: 5 * second, closes: closing,
			orders: []restaurant.Order{order(1, "soda")},
			want:   context.Canceled, at: closing, back: 5*second + second/2, served: []int{1},
		},
	}
	for _, y := range stories {
		each(t, y.play)
	}
	each(t, doneBefore)
	for _, s := range services {
		exploreContextDone(t, s)
	}
}

// Whichever way the evening ends, nobody is left.
func TestNothingStays(t *testing.T) {
	probe.Check(t)
	dishes := map[string]dish{"soda": {takes: second}, "steak": {takes: 1300 * time.Millisecond, err: errBurnt}}
	var orders []restaurant.Order
	for i := range 9 {
		orders = append(orders, order(i, "soda", "soda", "soda"))
	}
	for _, waiters := range []int{1, 3} {
		each(t, func(t *testing.T, s service) {
			k := newKitchen(dishes)
			wantError(t, s.name+" when all goes well", s.run(t.Context(), waiters, orders, k.cook, k.serve), nil)
			probe.Equal(t, 2, s.name+" when all goes well: orders served", len(k.served()), len(orders))
			probe.NoneLeft(t, s.name+" when all goes well")
		})
		each(t, func(t *testing.T, s service) {
			k := newKitchen(dishes)
			burning := append([]restaurant.Order{order(10, "soda", "steak", "steak")}, orders...)
			defer unchanged(t, s.name+" when a product burns", burning)()
			wantError(t, s.name+" when a product burns", s.run(probe.Foreign(t.Context()), waiters, burning, k.cook, k.serve), errBurnt)
			probe.NoneLeft(t, s.name+" when a product burns")
		})
		each(t, func(t *testing.T, s service) {
			k := newKitchen(dishes)
			ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			defer cancel()
			defer unchanged(t, s.name+" past its context's deadline", orders)()
			wantError(t, s.name+" past its context's deadline", s.run(ctx, waiters, orders, k.cook, k.serve), context.DeadlineExceeded)
		})
	}
}

// Many waiters at everything that they share: the queue, serve, the first error.
func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	for _, s := range services {
		manyOrders(t, s)
	}
	each(t, errorsTogether)
	for _, s := range services {
		exploreRaces(t, s)
	}
}

//go:build hidden

package restaurant_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/restaurant"
)

// manyOrders has 12 waiters share a long queue.
func manyOrders(t *testing.T, s service) {
	orders := make([]restaurant.Order, 300)
	for i := range orders {
		orders[i] = order(i, "soda", "beer", "soda")
	}
	var served probe.Gauge
	err := s.run(t.Context(), 12, orders, func(context.Context, string) error { return nil },
		func(int, restaurant.Order) { served.Enter() })
	wantError(t, s.name+" when nothing goes wrong", err, nil)
	probe.Equal(t, 2, s.name+" with 12 waiters of 300 orders: served", served.Total(), len(orders))
}

// manyWaiters has no order wait.
func manyWaiters(t *testing.T, s service) {
	const many = 100
	cooks, _ := together(t, s, many, nil)
	probe.Equal(t, 1, fmt.Sprintf("%s with %d waiters of %[2]d orders of one product: cooks at the same time", s.name, many), cooks, many)
}

// longQueue has one waiter bring more orders than any queue of a fixed size holds.
func longQueue(t *testing.T, s service) {
	orders := make([]restaurant.Order, 1500)
	for i := range orders {
		orders[i].ID = i
	}
	k := newKitchen(nil)
	wantError(t, s.name+" when nothing goes wrong", s.run(t.Context(), 1, orders, k.cook, k.serve), nil)
	call := fmt.Sprintf("%s with 1 waiter of %d orders without products", s.name, len(orders))
	probe.Equal(t, 2, call+": served", len(k.served()), len(orders))
	probe.Equal(t, 1, call+": served in the order of the queue", slices.IsSorted(k.served()), true)
}

// errorsTogether has the products of 12 orders burn at the same moment.
func errorsTogether(t *testing.T, s service) {
	_, err := together(t, s, 12, errBurnt)
	wantError(t, s.name+" when 12 orders burn together", err, errBurnt)
}

// together has n waiters take n orders of one product, and all that are being cooked
// when everything stands still end at the same moment.
func together(t *testing.T, s service, n int, end error) (cooks int, err error) {
	var orders []restaurant.Order
	for i := range n {
		orders = append(orders, order(i, "steak"))
	}
	gate := probe.NewGate()
	ended := make(chan error)
	go func() {
		ended <- s.run(t.Context(), n, orders, func(context.Context, string) error { gate.Pass(); return end },
			func(int, restaurant.Order) {})
	}()
	cooks = gate.Inside()
	gate.Open()
	return cooks, <-ended
}

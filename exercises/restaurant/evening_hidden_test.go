//go:build hidden

package restaurant_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/restaurant"
)

// oneLongOrder has one waiter busy while the other serves all the rest.
func oneLongOrder(t *testing.T, s service) {
	k := newKitchen(map[string]dish{"long": {takes: 10 * second}, "short": {takes: second}})
	orders := []restaurant.Order{order(0, "long")}
	for i := range 6 {
		orders = append(orders, order(i+1, "short"))
	}
	err := s.run(t.Context(), 2, orders, k.cook, k.serve)
	wantError(t, s.name+" when nothing goes wrong", err, nil)
	probe.Equal(t, 3, s.name+" with 2 waiters of an order of 10 s and six of 1 s: moments at which orders are served", fmt.Sprint(moments(k.events("serve"))), "[1s 2s 3s 4s 5s 6s 10s]")
}

// randomEvening wants every order cooked and served exactly when it is due, by
// a waiter who is free.
func randomEvening(t *testing.T, r *rand.Rand, s service) {
	waiters := 1 + r.IntN(4)
	orders, dishes := evening(r)
	k := newKitchen(dishes)
	err := s.run(t.Context(), waiters, orders, k.cook, k.serve)
	wantError(t, s.name+" when nothing goes wrong", err, nil)
	free := make([]time.Duration, waiters+1) // when each waiter is, by number
	got := k.shifts(orders)
	for i, due := range s.plan(waiters, orders, dishes) {
		call := fmt.Sprintf("order %d of %s", i+1, s.call(waiters, orders, dishes))
		w := got[i].waiter
		contract := 1
		if got[i].from == due.from {
			contract = 2 // taken when it was due, and then cooked, or served, in another way
		}
		if !probe.Equal(t, contract, call, got[i].String(), due.String()) {
			return
		}
		if w < 1 || w > waiters {
			probe.Fail(t, 1, "the waiter who serves "+call, w, fmt.Sprintf("one of 1 to %d", waiters))
			return
		}
		if due.from < free[w] {
			probe.Failf(t, 1, "waiter %d, who was busy with another order when it was taken, served %s", w, call)
			return
		}
		free[w] = due.to
	}
}

// busyWhileServing has one waiter, who serves as long as the kitchen cooks, also
// an order without products.
func busyWhileServing(t *testing.T, s service) {
	k := newKitchen(map[string]dish{"beer": {takes: second}})
	k.serving = second
	orders := []restaurant.Order{order(1, "beer"), order(2), order(3, "beer")}
	err := s.run(t.Context(), 1, orders, k.cook, k.serve)
	wantError(t, s.name+" when nothing goes wrong", err, nil)
	call := fmt.Sprintf("%s with 1 waiter of the orders %s, each product cooked in 1 s and each order served in 1 s", s.name, wanted(orders))
	inOrder(t, call+": IDs of the orders served", k.served(), 1, 2, 3)
	probe.Equal(t, 1, call+": moments at which cooks begin", fmt.Sprint(moments(k.events("cook"))), "[0s 3s]")
	probe.Equal(t, 1, call+": moments at which serves begin", fmt.Sprint(moments(k.events("serve"))), "[1s 2s 4s]")
	probe.Equal(t, 1, call+": time that it takes", k.now(), 5*second)
}

// waitsToServe has two waiters, one of whom is ready while the other serves: he
// waits, and takes no order meanwhile.
func waitsToServe(t *testing.T, s service) {
	k := newKitchen(map[string]dish{"beer": {takes: second}, "soda": {takes: 2 * second}})
	k.serving = 5 * second
	orders := []restaurant.Order{order(1, "beer"), order(2, "soda"), order(3, "beer")}
	err := s.run(t.Context(), 2, orders, k.cook, k.serve)
	wantError(t, s.name+" when nothing goes wrong", err, nil)
	call := fmt.Sprintf("%s with 2 waiters of the orders %s, beer cooked in 1 s, soda in 2 s, and each order served in 5 s", s.name, wanted(orders))
	inOrder(t, call+": IDs of the orders served", k.served(), 1, 2, 3)
	probe.Equal(t, 1, call+": moments at which cooks begin", fmt.Sprint(moments(k.events("cook"))), "[0s 0s 6s]")
	probe.Equal(t, 1, call+": moments at which serves begin", fmt.Sprint(moments(k.events("serve"))), "[1s 6s 11s]")
	if serves := k.events("serve"); len(serves) == 3 {
		probe.Equal(t, 1, call+": waiter of the third order", serves[2].waiter, serves[0].waiter)
	}
}

// serveRunsAnother has the serve of the first order run another restaurant: the
// two know nothing of each other, and no lock is held that serve could need.
func serveRunsAnother(t *testing.T, s service) {
	k, other := newKitchen(nil), newKitchen(nil)
	err := s.run(t.Context(), 1, []restaurant.Order{order(1, "soda"), order(2, "beer"), order(3, "soda")}, k.cook,
		func(waiter int, o restaurant.Order) {
			if k.serve(waiter, o); o.ID == 1 {
				_ = s.run(t.Context(), 1, []restaurant.Order{order(4, "beer"), order(5, "soda")}, other.cook, other.serve)
			}
		})
	call := s.name + " of the orders 1, 2 and 3, where serve calls " + s.name + " of the orders 4 and 5"
	wantError(t, call, err, nil)
	inOrder(t, call+": IDs of the orders served", k.served(), 1, 2, 3)
	inOrder(t, call+": IDs of the orders served by the other", other.served(), 4, 5)
}

// moments returns when each of the events was.
func moments(events []event) (at []time.Duration) {
	for _, e := range events {
		at = append(at, e.at)
	}
	return at
}

// wholeOrders wants everything cooked as often as it is listed, and every order
// served as it was given.
func wholeOrders(t *testing.T, r *rand.Rand, s service) {
	orders, dishes := evening(r)
	orders[1].Products = nil
	orders[2].ID = orders[0].ID                                 // one table orders twice
	dishes[orders[3].Products[0]] = dish{takes: 24 * time.Hour} // nobody gives up
	p := orders[3].Products
	orders[3].Products = slices.Concat(p[:1], p, []string{"a spoon"}, p[:1]) // one of them thrice, and not in the order of the alphabet
	k := newKitchen(dishes)
	all := slices.Concat(orders, []restaurant.Order{order(-1, "water")}) // the caller's too: nothing is written behind the part that is given
	orders = all[:len(orders)]
	looks := unchanged(t, s.name, all)
	err := s.run(probe.Foreign(t.Context()), 1+r.IntN(3), orders, k.cook, k.serve)
	wantError(t, s.name+" when nothing goes wrong", err, nil)

	looks()
	var products, cooked, wanted, served []string
	for _, o := range orders {
		products, wanted = append(products, o.Products...), append(wanted, fmt.Sprint(o))
	}
	for _, e := range k.log.All() {
		switch e.what {
		case "cook":
			cooked = append(cooked, e.product)
		case "serve":
			served = append(served, fmt.Sprint(e.order))
		}
	}
	sameList(t, s.name+": times that it cooks", cooked, products)
	sameList(t, s.name+": times that it serves order", served, wanted)
}

// unchanged returns a function that looks whether call has left the caller's orders as
// they are now.
func unchanged(t *testing.T, call string, orders []restaurant.Order) (looks func()) {
	given := fmt.Sprint(orders)
	return func() {
		t.Helper()
		if fmt.Sprint(orders) != given {
			probe.Failf(t, 5, "%s changed the orders that it was given, or what follows them in the caller's slice", call)
		}
	}
}

// sameList compares lists whatever their order.
func sameList(t *testing.T, call string, got, want []string) {
	t.Helper()
	for _, item := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(want, got)))) {
		if !probe.Equal(t, 2, call+" "+item, count(got, item), count(want, item)) {
			return
		}
	}
}

func count(list []string, item string) (n int) {
	for _, s := range list {
		if s == item {
			n++
		}
	}
	return n
}

// cooksInFlight counts how many products of one order are cooked at once.
func cooksInFlight(t *testing.T, s service) {
	products := slices.Repeat([]string{"beer", "beer", "soda"}, 200)
	want := map[string]int{"OneByOne": 1, "AllAtOnce": len(products)}[s.name]
	gate := probe.NewGate()
	var served probe.Gauge
	ended := make(chan error)
	go func() {
		ended <- s.run(t.Context(), 2, []restaurant.Order{order(1, products...)},
			func(context.Context, string) error { gate.Pass(); return nil }, func(int, restaurant.Order) { served.Enter() })
	}()
	probe.Equal(t, 2, fmt.Sprintf("%s of an order of %d products: cooks at the same time", s.name, len(products)), gate.Inside(), want)
	gate.Open()
	wantError(t, s.name+" when nothing goes wrong", <-ended, nil)
	probe.Equal(t, 2, s.name+" of one order: times that it is served", served.Total(), 1)
}

// doneBefore has ctx end before the call.
func doneBefore(t *testing.T, s service) {
	k := newKitchen(nil)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errClosed)
	err := s.run(ctx, 2, []restaurant.Order{order(1, "soda"), order(2)}, k.cook, k.serve)
	wantError(t, s.name+" with a cancelled context", err, context.Canceled)
	probe.Equal(t, 4, s.name+" with a cancelled context: cooks and serves", k.log.Len(), 0)
}

// story is an evening that goes wrong at a moment.
type story struct {
	dishes map[string]dish
	closes time.Duration // when ctx ends; 0 for never
	serves time.Duration // how long serve takes
	orders []restaurant.Order

	want   error         // the first error
	at     time.Duration // when it happens: nothing begins after it
	back   time.Duration // when the call returns
	served []int         // IDs, in order
}

// play has three waiters live through the story.
func (y story) play(t *testing.T, s service) {
	k := newKitchen(y.dishes)
	k.serving = y.serves
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	if y.closes > 0 {
		time.AfterFunc(y.closes, func() {
			k.log.Add(event{what: "closed", at: k.now()})
			cancel(errClosed)
		})
	}
	err := s.run(ctx, 3, y.orders, k.cook, k.serve)
	call := fmt.Sprintf("%s with 3 waiters of the orders %s, when %s", s.name, wanted(y.orders), y.wrong())
	wantError(t, call, err, y.want)
	back := k.now()
	probe.Equal(t, 4, call+": what begins after that", cmp.Or(strings.Join(k.begun(y.at), ", "), "nothing"), "nothing")
	probe.Equal(t, 4, call+": time until it returns", back, y.back)
	probe.Equal(t, 4, call+": IDs of the orders served", fmt.Sprint(k.served()), fmt.Sprint(y.served))
}

// wrong says what goes wrong, and when.
func (y story) wrong() string {
	if y.closes == y.at {
		return fmt.Sprintf("ctx ends after %v", y.at)
	}
	how := ""
	if !errors.Is(y.want, errBurnt) { // it looks like ctx's error
		how = ", with " + name(y.want) + " although ctx goes on"
	}
	return fmt.Sprintf("the cook of steak fails after %v%s", y.at, how)
}

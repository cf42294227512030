//go:build hidden

package restaurant_test

import (
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

const second = time.Second

var (
	errBurnt  = errors.New("burnt")  // a cook's own
	errSpilt  = errors.New("spilt")  // that of a cook whose context is done
	errNever  = errors.New("never")  // that of nobody
	errClosed = errors.New("closed") // why a context was cancelled
	noWaiters = restaurant.ErrNoWaiters
)

// service is one of the two functions under test.
type service struct {
	name string
	run  func(ctx context.Context, waiters int, orders []restaurant.Order, cook restaurant.Cook, serve func(waiter int, o restaurant.Order)) error
	span func(products []time.Duration) time.Duration // how long an order of products cooks
}

var (
	oneByOne  = service{"OneByOne", restaurant.OneByOne, sum}
	allAtOnce = service{"AllAtOnce", restaurant.AllAtOnce, slices.Max[[]time.Duration]}
	services  = []service{oneByOne, allAtOnce}
)

func sum(products []time.Duration) (total time.Duration) {
	for _, d := range products {
		total += d
	}
	return total
}

// dish is what happens when a product is cooked.
type dish struct {
	takes    time.Duration
	err      error // in the end
	stubborn bool  // its cook does not look at the context
}

// kitchen is the cook and the serve of a test, and what they have seen.
type kitchen struct {
	opened  time.Time
	dishes  map[string]dish
	serving time.Duration // how long serve takes

	log probe.Log[event]
}

// event is something that began or ended in a kitchen.
type event struct {
	what    string // cook, cooked, serve, closed
	at      time.Duration
	product string           // cook and cooked
	waiter  int              // serve
	order   restaurant.Order // serve
}

// newKitchen opens a kitchen, now.
func newKitchen(dishes map[string]dish) *kitchen {
	return &kitchen{opened: time.Now(), dishes: dishes}
}

func (k *kitchen) now() time.Duration { return time.Since(k.opened) }

func (k *kitchen) cook(ctx context.Context, product string) error {
	k.log.Add(event{what: "cook", at: k.now(), product: product})
	d := k.dishes[product]
	if d.stubborn {
		ctx = context.WithoutCancel(ctx)
	}
	select {
	case <-time.After(d.takes):
		k.log.Add(event{what: "cooked", at: k.now(), product: product})
		return d.err
	case <-ctx.Done():
		return errSpilt
	}
}

func (k *kitchen) serve(waiter int, o restaurant.Order) {
	k.log.Add(event{what: "serve", at: k.now(), waiter: waiter, order: o})
	time.Sleep(k.serving)
}

// events returns the events of one kind, in order.
func (k *kitchen) events(what string) (list []event) {
	for _, e := range k.log.All() {
		if e.what == what {
			list = append(list, e)
		}
	}
	return list
}

// served returns the IDs of the orders served, in order.
func (k *kitchen) served() (ids []int) {
	for _, e := range k.events("serve") {
		ids = append(ids, e.order.ID)
	}
	return ids
}

// shifts returns when each order was cooked and served, and by whom, given that
// every product has a name of its own.
func (k *kitchen) shifts(orders []restaurant.Order) []shift {
	list := make([]shift, len(orders))
	for i, o := range orders {
		for _, e := range slices.Backward(k.log.All()) {
			switch {
			case e.what == "cook" && slices.Contains(o.Products, e.product):
				list[i].from = e.at // of the first one, in the end
			case e.what == "serve" && e.order.ID == o.ID:
				list[i].to, list[i].waiter = e.at, e.waiter
			}
		}
	}
	return list
}

// begun returns what has begun after moment: after what ended then.
func (k *kitchen) begun(moment time.Duration) (list []string) {
	over := false
	for _, e := range k.log.All() {
		ends := e.what == "cooked" || e.what == "closed"
		over = over || e.at > moment || e.at == moment && ends
		switch {
		case !over || ends:
		case e.what == "serve":
			list = append(list, fmt.Sprintf("serve of order %d at %v", e.order.ID, e.at))
		default:
			list = append(list, fmt.Sprintf("cook of %s at %v", e.product, e.at))
		}
	}
	return list
}

func order(id int, products ...string) restaurant.Order {
	return restaurant.Order{ID: id, Products: products}
}

// evening is a random list of orders; every product has a name of its own.
func evening(r *rand.Rand) (orders []restaurant.Order, dishes map[string]dish) {
	dishes = map[string]dish{}
	for i, id := range r.Perm(20)[:5+r.IntN(6)] {
		var products []string
		for j := range 1 + r.IntN(4) {
			name := fmt.Sprintf("product %d of order %d", j+1, i+1)
			products = append(products, name)
			dishes[name] = dish{takes: time.Duration(1+r.IntN(9999)) * time.Millisecond}
		}
		orders = append(orders, order(id, products...))
	}
	return orders, dishes
}

// shift is when an order is cooked and served, and by whom.
type shift struct {
	from, to time.Duration
	waiter   int
}

func (s shift) String() string { return fmt.Sprintf("cooked from %v, served at %v", s.from, s.to) }

// plan is when each of the orders is due: whoever is free first takes the next.
func (s service) plan(waiters int, orders []restaurant.Order, dishes map[string]dish) (due []shift) {
	free := make([]time.Duration, waiters)
	for _, o := range orders {
		w := slices.Index(free, slices.Min(free))
		from := free[w]
		free[w] += s.span(times(o, dishes))
		due = append(due, shift{from: from, to: free[w]})
	}
	return due
}

// times returns how long each of o's products takes.
func times(o restaurant.Order, dishes map[string]dish) (list []time.Duration) {
	for _, p := range o.Products {
		list = append(list, dishes[p].takes)
	}
	return list
}

// call is a call of the service in words.
func (s service) call(waiters int, orders []restaurant.Order, dishes map[string]dish) string {
	var list []string
	for _, o := range orders {
		list = append(list, strings.Trim(fmt.Sprint(times(o, dishes)), "[]"))
	}
	return fmt.Sprintf("%s with %s, orders of products that take (%s)", s.name, staff(waiters), strings.Join(list, "), ("))
}

// wanted lists what each of the orders wants.
func wanted(orders []restaurant.Order) string {
	var list []string
	for _, o := range orders {
		list = append(list, "("+strings.Join(o.Products, ", ")+")")
	}
	return strings.Join(list, " ")
}

// inOrder wants the orders want to be served, in the order of the queue.
func inOrder(t *testing.T, what string, got []int, want ...int) {
	t.Helper()
	contract := 1
	if len(got) != len(want) {
		contract = 2
	}
	probe.Equal(t, contract, what, fmt.Sprint(got), fmt.Sprint(want))
}

// wantError fails t unless err is want, which may come wrapped; nil is no error.
func wantError(t *testing.T, call string, err, want error) {
	t.Helper()
	if !is(err, want) {
		probe.Fail(t, 4, "error of "+call, name(err), name(want))
	}
}

func is(err, want error) bool {
	if want == nil {
		return err == nil
	}
	return errors.Is(err, want) && !errors.Is(err, errNever)
}

// name is what an error is called in failures.
func name(err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "the first cook's error", Err: errBurnt},
		probe.Named{Name: "the error of a cook that was cancelled", Err: errSpilt},
		probe.Named{Name: "ErrNoWaiters", Err: noWaiters})
}

// each runs f in a bubble for each service, until one fails.
func each(t *testing.T, f func(t *testing.T, s service)) {
	t.Helper()
	for _, s := range services {
		if !t.Failed() {
			probe.Bubble(t, func(t *testing.T) { f(t, s) })
		}
	}
}

// Package restaurant serves the orders of a restaurant with a few waiters and a
// kitchen that cooks for all of them.
package restaurant

import (
	"context"
	"errors"
	"sync"
)

// ErrNoWaiters is the error of a restaurant with fewer than one waiter.
var ErrNoWaiters = errors.New("restaurant: no waiters")

// Order is what one table wants.
type Order struct {
	ID       int
	Products []string
}

// Cook makes one product and returns when it is ready, or when ctx is done. It
// may be called from many goroutines at the same time.
type Cook func(ctx context.Context, product string) error

// OneByOne serves all orders. The waiters 1 to waiters take them from one queue,
// in slice order; an order occupies its waiter from being taken until serve has
// returned. Its products are cooked one after the other.
//
// serve is called once an order, when all of it is ready, never concurrently.
// The first error, cook's or ctx's, cancels what runs; no cook and no serve
// begins after it, and it is returned once what runs has returned. Fewer than
// one waiter: ErrNoWaiters. A nil cook or serve panics.
func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return work(ctx, waiters, orders, cook, serve, (*shift).cookInTurn)
}

// AllAtOnce is OneByOne, but the products of an order are all cooked at once.
func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return work(ctx, waiters, orders, cook, serve, (*shift).cookTogether)
}

// shift is what the waiters of one evening share.
type shift struct {
	opened context.Context // the caller's
	ctx    context.Context // derived from opened, and done after the first error too
	stop   context.CancelFunc
	cook   Cook
	queue  chan Order

	serving sync.Mutex // held while serve is called
	serve   func(waiter int, o Order)

	mu    sync.Mutex
	first error // guarded by mu
}

func work(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), prepare func(*shift, Order)) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	s := &shift{opened: ctx, cook: cook, serve: serve, queue: newQueue(orders)}
	s.ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()

	// A goroutine a waiter, not one an order: the waiters come back to the queue
	// as they get free, so that a long order holds up nobody else.
	var wg sync.WaitGroup
	for waiter := 1; waiter <= min(waiters, len(orders)); waiter++ {
		wg.Go(func() {
			for o := range s.queue {
				prepare(s, o)
				s.bring(waiter, o)
			}
		})
	}
	wg.Wait()
	s.fail(ctx.Err())
	return s.first
}

// newQueue returns a queue that holds the orders and ends after them.
func newQueue(orders []Order) chan Order {
	queue := make(chan Order, len(orders))
	for _, o := range orders {
		queue <- o
	}
	close(queue)
	return queue
}

func (s *shift) cookInTurn(o Order) {
	for _, product := range o.Products {
		s.cookOne(product)
	}
}

func (s *shift) cookTogether(o Order) {
	var wg sync.WaitGroup
	for _, product := range o.Products {
		wg.Go(func() { s.cookOne(product) })
	}
	wg.Wait()
}

// cookOne cooks one product, unless something has gone wrong already.
func (s *shift) cookOne(product string) {
	if s.ctx.Err() == nil {
		s.fail(s.cook(s.ctx, product))
	}
}

// bring serves an order, unless something has gone wrong, and be it while the
// waiter waited for another one to finish serving: hence the look under the lock.
func (s *shift) bring(waiter int, o Order) {
	s.serving.Lock()
	defer s.serving.Unlock()
	if s.ctx.Err() == nil {
		s.serve(waiter, o)
	}
}

// fail keeps the first error and cancels what runs; nil is no error. It keeps
// the error before it cancels: the cooks that are cancelled fail as well, and
// theirs must come second. Likewise an error after the caller's ctx has ended is
// not the first.
func (s *shift) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil || s.first != nil {
		return
	}
	s.first = err
	if ended := s.opened.Err(); ended != nil {
		s.first = ended
	}
	s.stop()
}

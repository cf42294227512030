// Rejected: TestContextDone fail: when ctx ends while the last order is served, nobody looks at it any more.
package restaurant

import (
	"context"
	"errors"
	"sync"
)

var ErrNoWaiters = errors.New("restaurant: no waiters")

type Order struct {
	ID       int
	Products []string
}

type Cook func(ctx context.Context, product string) error

func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return work(ctx, waiters, orders, cook, serve, (*shift).cookInTurn)
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return work(ctx, waiters, orders, cook, serve, (*shift).cookTogether)
}

type shift struct {
	opened context.Context
	ctx    context.Context
	stop   context.CancelFunc
	cook   Cook
	queue  chan Order

	serving sync.Mutex
	serve   func(waiter int, o Order)

	mu    sync.Mutex
	first error
}

func work(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), prepare func(*shift, Order)) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	s := &shift{opened: ctx, cook: cook, serve: serve, queue: line(orders)}
	s.ctx, s.stop = context.WithCancel(ctx)
	defer s.stop()

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
	return s.first
}

func line(orders []Order) chan Order {
	queue := make(chan Order, len(orders))
	for _, o := range orders {
		queue <- o
	}
	close(queue)
	return queue
}

func (s *shift) cookInTurn(o Order) {
	for _, product := range o.Products {
		s.make(product)
	}
}

func (s *shift) cookTogether(o Order) {
	var wg sync.WaitGroup
	for _, product := range o.Products {
		wg.Go(func() { s.make(product) })
	}
	wg.Wait()
}

func (s *shift) make(product string) {
	if s.ctx.Err() == nil {
		s.fail(s.cook(s.ctx, product))
	} else {
		s.fail(s.opened.Err())
	}
}

func (s *shift) bring(waiter int, o Order) {
	s.serving.Lock()
	defer s.serving.Unlock()
	if s.ctx.Err() == nil {
		s.serve(waiter, o)
	} else {
		s.fail(s.opened.Err())
	}
}

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

// Rejected: TestEvening fail: OneByOne cooks all products at once.

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
	return run(ctx, waiters, orders, cook, serve, false)
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return run(ctx, waiters, orders, cook, serve, true)
}

func run(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), together bool) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex // guards first
	var first error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first != nil {
			return
		}
		first = err
		if ctx.Err() != nil {
			first = ctx.Err()
		}
		cancel()
	}
	queue := make(chan Order, len(orders))
	for _, o := range orders {
		queue <- o
	}
	close(queue)
	var serving sync.Mutex
	var wg sync.WaitGroup
	for waiter := 1; waiter <= waiters; waiter++ {
		wg.Go(func() {
			for o := range queue {
				prepare(inner, o, cook, fail, together)
				serving.Lock()
				if inner.Err() == nil {
					serve(waiter, o)
				}
				serving.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		fail(err)
	}
	return first
}

func prepare(ctx context.Context, o Order, cook Cook, fail func(error), together bool) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, product := range o.Products {
		one := func() {
			if ctx.Err() != nil {
				return
			}
			if err := cook(ctx, product); err != nil {
				fail(err)
			}
		}
		if together || len(o.Products) > 1 {
			wg.Go(one)
		} else {
			one()
		}
	}
}

// Rejected: TestOneQueue deadlock: the queue holds 1024 orders and is filled before the first waiter comes.

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
	return work(ctx, waiters, orders, cook, serve, func(one func(string), products []string) {
		for _, p := range products {
			one(p)
		}
	})
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return work(ctx, waiters, orders, cook, serve, func(one func(string), products []string) {
		var wg sync.WaitGroup
		for _, p := range products {
			wg.Go(func() { one(p) })
		}
		wg.Wait()
	})
}

func work(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), all func(func(string), []string)) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan Order, 1024) // no evening has more
	for _, o := range orders {
		queue <- o
	}
	close(queue)
	var (
		mu    sync.Mutex
		first error
	)
	one := func(product string) {
		if inner.Err() != nil {
			return
		}
		if err := cook(inner, product); err != nil {
			mu.Lock()
			if first == nil && ctx.Err() == nil {
				first = err
			}
			mu.Unlock()
			cancel()
		}
	}
	var wg sync.WaitGroup
	var serving sync.Mutex
	for waiter := 1; waiter <= min(waiters, len(orders)); waiter++ {
		wg.Go(func() {
			for o := range queue {
				all(one, o.Products)
				serving.Lock()
				if inner.Err() == nil {
					serve(waiter, o)
				}
				serving.Unlock()
			}
		})
	}
	wg.Wait()
	if first != nil {
		return first
	}
	return ctx.Err()
}

// Rejected: TestFirstError fail: after an error AllAtOnce does not wait for the other cooks of the order.
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

func run(ctx context.Context, waiters int, orders []Order, serve func(int, Order), prepare func(context.Context, Order) error) error {
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu, hatch sync.Mutex
	var first error
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = err
			if ctx.Err() != nil {
				first = ctx.Err()
			}
			cancel()
		}
	}
	queue := make(chan Order, len(orders))
	for _, o := range orders {
		queue <- o
	}
	close(queue)
	var wg sync.WaitGroup
	for n := range waiters {
		wg.Go(func() {
			for o := range queue {
				if inner.Err() != nil {
					return
				}
				if err := prepare(inner, o); err != nil {
					fail(err)
					return
				}
				hatch.Lock()
				if inner.Err() == nil {
					serve(n+1, o)
				}
				hatch.Unlock()
			}
		})
	}
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return first
}

func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	if cook == nil || serve == nil {
		panic("restaurant: nil function")
	}
	return run(ctx, waiters, orders, serve, func(ctx context.Context, o Order) error {
		for _, p := range o.Products {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := cook(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	if cook == nil || serve == nil {
		panic("restaurant: nil function")
	}
	return run(ctx, waiters, orders, serve, func(ctx context.Context, o Order) error {
		errs := make(chan error, len(o.Products))
		for _, p := range o.Products {
			go func() {
				err := ctx.Err()
				if err == nil {
					err = cook(ctx, p)
				}
				errs <- err
			}()
		}
		for range o.Products {
			if err := <-errs; err != nil {
				return err
			}
		}
		return nil
	})
}

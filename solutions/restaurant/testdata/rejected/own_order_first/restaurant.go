// Rejected: TestFirstError fail: AllAtOnce tells the other orders of an error only when all cooks of the same order have returned.

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
	return work(ctx, waiters, orders, serve, cook, func(ctx context.Context, products []string) error {
		for _, p := range products {
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
	return work(ctx, waiters, orders, serve, cook, func(ctx context.Context, products []string) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var (
			wg    sync.WaitGroup
			once  sync.Once
			first error
		)
		for _, p := range products {
			wg.Go(func() {
				if ctx.Err() != nil {
					return
				}
				if err := cook(ctx, p); err != nil {
					once.Do(func() {
						first = err
						cancel() // nobody waits for the rest of this order
					})
				}
			})
		}
		wg.Wait()
		return first
	})
}

func work(ctx context.Context, waiters int, orders []Order, serve func(int, Order), cook Cook, prepare func(context.Context, []string) error) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu    sync.Mutex
		first error
		left  = orders
	)
	take := func() (o Order, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(left) == 0 || inner.Err() != nil {
			return o, false
		}
		o, left = left[0], left[1:]
		return o, true
	}
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil && ctx.Err() == nil {
			first = err
		}
		cancel()
	}
	var serving sync.Mutex
	bring := func(waiter int, o Order) {
		serving.Lock()
		defer serving.Unlock()
		if inner.Err() == nil {
			serve(waiter, o)
		}
	}
	var wg sync.WaitGroup
	for waiter := 1; waiter <= min(waiters, len(orders)); waiter++ {
		wg.Go(func() {
			for o, ok := take(); ok; o, ok = take() {
				if err := prepare(inner, o.Products); err != nil {
					fail(err)
					return
				}
				bring(waiter, o)
			}
		})
	}
	wg.Wait()
	if first != nil {
		return first
	}
	return ctx.Err()
}

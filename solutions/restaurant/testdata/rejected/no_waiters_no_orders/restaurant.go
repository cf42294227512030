// Rejected: TestArguments fail: nobody to serve, nobody to wait, and no error.
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
	return run(ctx, waiters, orders, cook, serve, oneByOne)
}
func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return run(ctx, waiters, orders, cook, serve, allAtOnce)
}

type method func(ctx context.Context, products []string, cook Cook, fail func(error))

func oneByOne(ctx context.Context, products []string, cook Cook, fail func(error)) {
	for _, p := range products {
		if ctx.Err() != nil {
			return
		}
		if err := cook(ctx, p); err != nil {
			fail(err)
			return
		}
	}
}

func allAtOnce(ctx context.Context, products []string, cook Cook, fail func(error)) {
	var wg sync.WaitGroup
	for _, p := range products {
		wg.Go(func() {
			if ctx.Err() != nil {
				return
			}
			if err := cook(ctx, p); err != nil {
				fail(err)
			}
		})
	}
	wg.Wait()
}

func run(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), prepare method) error {
	if cook == nil || serve == nil {
		panic("restaurant: nil callback")
	}
	if waiters < 1 && len(orders) > 0 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var once sync.Once
	var first error
	fail := func(err error) {
		once.Do(func() {
			first = err
			if ctx.Err() != nil {
				first = ctx.Err()
			}
			cancel()
		})
	}
	var mu, serving sync.Mutex
	next := 0
	take := func() (o Order, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == len(orders) || inner.Err() != nil {
			return o, false
		}
		next++
		return orders[next-1], true
	}
	var wg sync.WaitGroup
	for w := 1; w <= min(waiters, len(orders)); w++ {
		wg.Go(func() {
			for o, ok := take(); ok; o, ok = take() {
				prepare(inner, o.Products, cook, fail)
				serving.Lock()
				if inner.Err() == nil {
					serve(w, o)
				}
				serving.Unlock()
			}
		})
	}
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return first
}

// Rejected: TestNothingStays leak: after a cook's error nobody takes back the AfterFunc on ctx.

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
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var (
		mu    sync.Mutex
		first error
	)
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil && err != nil {
			if first = ctx.Err(); first == nil {
				first = err
			}
			cancel()
		}
	}
	over := func() bool { return ctx.Err() != nil || inner.Err() != nil }
	one := func(product string) {
		if !over() {
			fail(cook(inner, product))
		}
	}
	left := orders
	take := func() (o Order, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(left) == 0 || over() {
			return o, false
		}
		o, left = left[0], left[1:]
		return o, true
	}
	watch := context.AfterFunc(ctx, func() { fail(ctx.Err()) })
	var wg sync.WaitGroup
	var serving sync.Mutex
	for waiter := 1; waiter <= min(waiters, len(orders)); waiter++ {
		wg.Go(func() {
			for o, ok := take(); ok; o, ok = take() {
				all(one, o.Products)
				serving.Lock()
				if !over() {
					serve(waiter, o)
				}
				serving.Unlock()
			}
		})
	}
	wg.Wait()
	fail(ctx.Err())
	mu.Lock()
	defer mu.Unlock()
	if first != nil {
		return first
	}
	watch()
	return nil
}

// Rejected: TestServe fail: a waiter's number is given back before his order is served.

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

// badges are the numbers of waiters who have no order.
type badges struct {
	mu   sync.Mutex
	free []int
	most int // in use, or in free
}

func (b *badges) take() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.free) == 0 {
		b.most++
		return b.most
	}
	n = b.free[len(b.free)-1]
	b.free = b.free[:len(b.free)-1]
	return n
}

func (b *badges) give(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free = append(b.free, n)
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
	var numbers badges
	prepare := func(o Order) (waiter int) {
		waiter = numbers.take()
		defer numbers.give(waiter)
		all(one, o.Products)
		return waiter
	}
	places := make(chan struct{}, min(waiters, len(orders)))
	var wg sync.WaitGroup
	var serving sync.Mutex
	for _, o := range orders {
		places <- struct{}{}
		if inner.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-places }()
			waiter := prepare(o)
			serving.Lock()
			defer serving.Unlock()
			if inner.Err() == nil {
				serve(waiter, o)
			}
		})
	}
	wg.Wait()
	if first != nil {
		return first
	}
	return ctx.Err()
}

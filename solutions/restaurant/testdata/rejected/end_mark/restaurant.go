// Rejected: TestServe fail: the mark behind the last order overwrites what follows in the caller's slice.

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

// line is a queue with a mark at its end, which nobody takes.
type line struct {
	mu    sync.Mutex
	queue []Order
}

func (l *line) take() *Order {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := &l.queue[0]
	if len(l.queue) > 1 {
		l.queue = l.queue[1:]
	}
	return o
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
	l := &line{queue: append(orders, Order{ID: -1})}
	end := &l.queue[len(orders)]
	var wg sync.WaitGroup
	var serving sync.Mutex
	for waiter := 1; waiter <= min(waiters, len(orders)); waiter++ {
		wg.Go(func() {
			for o := l.take(); o != end && inner.Err() == nil; o = l.take() {
				all(one, o.Products)
				serving.Lock()
				if inner.Err() == nil {
					serve(waiter, *o)
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

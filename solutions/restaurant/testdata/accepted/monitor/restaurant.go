// Accepted: one mutex and one Cond guard queue, serving and error.

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

type floor struct {
	mu      sync.Mutex
	free    *sync.Cond // serving became false
	orders  []Order    // not taken yet
	serving bool
	err     error
}

func (f *floor) take(ctx context.Context) (o Order, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ctx.Err() != nil || len(f.orders) == 0 {
		return Order{}, false
	}
	o, f.orders = f.orders[0], f.orders[1:]
	return o, true
}

func (f *floor) bring(ctx context.Context, waiter int, o Order, serve func(int, Order)) {
	f.mu.Lock()
	for f.serving {
		f.free.Wait()
	}
	if ctx.Err() != nil {
		f.mu.Unlock()
		return
	}
	f.serving = true
	f.mu.Unlock()
	serve(waiter, o)
	f.mu.Lock()
	f.serving = false
	f.free.Broadcast()
	f.mu.Unlock()
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
	f := &floor{orders: orders}
	f.free = sync.NewCond(&f.mu)
	one := func(product string) {
		if inner.Err() != nil {
			return
		}
		if err := cook(inner, product); err != nil {
			f.mu.Lock()
			if f.err == nil && ctx.Err() == nil {
				f.err = err
			}
			f.mu.Unlock()
			cancel()
		}
	}
	var wg sync.WaitGroup
	wg.Add(waiters)
	for waiter := 1; waiter <= waiters; waiter++ {
		go func() {
			defer wg.Done()
			for {
				o, ok := f.take(inner)
				if !ok {
					return
				}
				prepare(o.Products, one, together)
				f.bring(inner, waiter, o, serve)
			}
		}()
	}
	wg.Wait()
	if f.err != nil {
		return f.err
	}
	return ctx.Err()
}

func prepare(products []string, one func(string), together bool) {
	if len(products) == 0 {
		return
	}
	if !together {
		one(products[0])
		prepare(products[1:], one, together)
		return
	}
	var wg sync.WaitGroup
	for _, p := range products[1:] {
		wg.Go(func() { one(p) })
	}
	one(products[0]) // the waiter helps
	wg.Wait()
}

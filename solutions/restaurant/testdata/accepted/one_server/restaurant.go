// Accepted: the caller's own goroutine serves; waiters share a counter and pass orders over a channel.

package restaurant

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
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

// ready is an order that is cooked; served is closed when it has been served.
type ready struct {
	waiter int
	order  Order
	served chan struct{}
}

func run(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), together bool) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	pass := make(chan ready)
	var wg sync.WaitGroup
	for waiter := 1; waiter <= waiters; waiter++ {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(orders)) && inner.Err() == nil; i = next.Add(1) - 1 {
				if err := prepare(inner, cancel, orders[i].Products, cook, together); err != nil {
					cancel(burnt{err})
					return
				}
				r := ready{waiter, orders[i], make(chan struct{})}
				pass <- r
				<-r.served
			}
		})
	}
	go func() {
		wg.Wait()
		close(pass)
	}()
	for r := range pass {
		if inner.Err() == nil {
			serve(r.waiter, r.order)
		}
		close(r.served)
	}
	var b burnt
	if errors.As(context.Cause(inner), &b) {
		return b.error
	}
	return ctx.Err()
}

// burnt tells a cook's error from the cause of the caller's context.
type burnt struct{ error }

func prepare(ctx context.Context, cancel context.CancelCauseFunc, products []string, cook Cook, together bool) error {
	if !together {
		for _, p := range products {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := cook(ctx, p); err != nil {
				return err
			}
		}
		return nil
	}
	results := make(chan error, len(products))
	for _, p := range products {
		go func() { results <- cook(ctx, p) }()
	}
	var first error
	for range products {
		if err := <-results; err != nil && first == nil {
			first = err
			cancel(burnt{err})
		}
	}
	return first
}

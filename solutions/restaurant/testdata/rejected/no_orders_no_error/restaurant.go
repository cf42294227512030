// Rejected: TestContextDone fail: without orders nobody looks at ctx.
package restaurant

import (
	"context"
	"errors"
	"sync"
)

var ErrNoWaiters = errors.New("restaurant: no waiters")

// Order is what one table wants.
type Order struct {
	ID       int
	Products []string
}

// Cook makes one product.
type Cook func(ctx context.Context, product string) error

func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return run(ctx, waiters, orders, cook, serve, false)
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return run(ctx, waiters, orders, cook, serve, true)
}

// evening is one call.
type evening struct {
	parent context.Context // whose error counts
	ctx    context.Context // the kitchen's
	cancel context.CancelFunc

	mu    sync.Mutex // guards next and first
	next  int
	first error

	hatch sync.Mutex // held while serve runs
}

// failed reports the first error, ctx's included.
func (e *evening) failed() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.first == nil {
		e.first = e.parent.Err()
	}
	return e.first
}

func (e *evening) fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.first == nil {
		e.first = e.parent.Err()
	}
	if e.first == nil {
		e.first = err
	}
	e.cancel()
}

func run(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order), all bool) error {
	if cook == nil {
		panic("restaurant: cook is nil")
	}
	if serve == nil {
		panic("restaurant: serve is nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	if len(orders) == 0 {
		return nil
	}
	e := &evening{parent: ctx}
	e.ctx, e.cancel = context.WithCancel(ctx)
	defer e.cancel()
	var wg sync.WaitGroup
	for w := 1; w <= min(waiters, len(orders)); w++ {
		wg.Go(func() {
			for {
				e.mu.Lock()
				i := e.next
				e.next++
				e.mu.Unlock()
				if i >= len(orders) {
					return
				}
				e.cookAll(orders[i], cook, all)
				e.hatch.Lock()
				if e.failed() != nil {
					e.hatch.Unlock()
					return
				}
				serve(w, orders[i])
				e.hatch.Unlock()
			}
		})
	}
	wg.Wait()
	return e.failed()
}

func (e *evening) cookAll(o Order, cook Cook, all bool) {
	one := func(product string) {
		if e.failed() != nil {
			return
		}
		if err := cook(e.ctx, product); err != nil {
			e.fail(err)
		}
	}
	if !all {
		for _, p := range o.Products {
			one(p)
		}
		return
	}
	var wg sync.WaitGroup
	for _, p := range o.Products {
		wg.Go(func() { one(p) })
	}
	wg.Wait()
}

// Rejected: TestNothingStays fail: what was not served when an error came is cleared in the slice of the caller.

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
	return open(ctx, waiters, orders, cook, serve, false)
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return open(ctx, waiters, orders, cook, serve, true)
}

// house is one evening.
type house struct {
	ctx    context.Context
	cancel context.CancelFunc
	parent context.Context
	cook   Cook

	mu     sync.Mutex // of what follows
	orders []Order
	err    error

	table sync.Mutex // held around serve
}

func open(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), atOnce bool) error {
	if cook == nil {
		panic("restaurant: cook is nil")
	}
	if serve == nil {
		panic("restaurant: serve is nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	h := &house{parent: ctx, cook: cook, orders: orders}
	h.ctx, h.cancel = context.WithCancel(ctx)
	defer h.cancel()
	var wg sync.WaitGroup
	for w := 1; w <= min(waiters, len(orders)); w++ {
		wg.Go(func() {
			for {
				o, ok := h.next()
				if !ok {
					return
				}
				if !h.prepare(o, atOnce) {
					return
				}
				h.table.Lock()
				if h.failed() {
					h.table.Unlock()
					return
				}
				serve(w, o)
				h.table.Unlock()
			}
		})
	}
	wg.Wait()
	if h.failed() {
		clear(orders[len(orders)-len(h.orders):])
	}
	return h.err
}

// failed says whether there has been an error, and notes ctx's.
func (h *house) failed() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err == nil && h.parent.Err() != nil {
		h.err = h.parent.Err()
		h.cancel()
	}
	return h.err != nil
}

func (h *house) fail(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err == nil {
		h.err = err
		if h.parent.Err() != nil {
			h.err = h.parent.Err()
		}
		h.cancel()
	}
}

func (h *house) next() (Order, bool) {
	if h.failed() {
		return Order{}, false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.orders) == 0 {
		return Order{}, false
	}
	o := h.orders[0]
	h.orders = h.orders[1:]
	return o, true
}

func (h *house) prepare(o Order, atOnce bool) bool {
	if !atOnce {
		for _, p := range o.Products {
			if h.failed() {
				return false
			}
			if err := h.cook(h.ctx, p); err != nil {
				h.fail(err)
				return false
			}
		}
		return !h.failed()
	}
	var wg sync.WaitGroup
	for _, p := range o.Products {
		wg.Go(func() {
			if h.failed() {
				return
			}
			if err := h.cook(h.ctx, p); err != nil {
				h.fail(err)
			}
		})
	}
	wg.Wait()
	return !h.failed()
}

// Package restaurant serves the orders of a restaurant with a few waiters and a
// kitchen that cooks for all of them.
package restaurant

import (
	"context"
	"errors"
)

// ErrNoWaiters is the error of a restaurant with fewer than one waiter.
var ErrNoWaiters = errors.New("restaurant: no waiters")

// Order is what one table wants.
type Order struct {
	ID       int
	Products []string
}

// Cook makes one product and returns when it is ready, or when ctx is done. It
// may be called from many goroutines at the same time.
type Cook func(ctx context.Context, product string) error

// OneByOne serves all orders. The waiters 1 to waiters take them from one queue,
// in slice order; an order occupies its waiter until serve has returned. Its
// products are cooked one after the other.
//
// serve is called once an order, when all of it is ready, never concurrently.
// The first error, cook's or ctx's, cancels what runs; no cook and no serve
// begins after it, and it is returned once what runs has returned. Fewer than
// one waiter: ErrNoWaiters. A nil cook or serve panics.
func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return nil
}

// AllAtOnce is OneByOne, but the products of an order are all cooked at once.
func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return nil
}

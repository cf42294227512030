// Accepted: a goroutine an order, but none starts before a waiter's badge is free; a channel is the lock around serve.

package restaurant

import (
	"context"
	"errors"
	"fmt"
)

var ErrNoWaiters = errors.New("restaurant: no waiters")

type Order struct {
	ID       int
	Products []string
}

type Cook func(ctx context.Context, product string) error

func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return evening(ctx, waiters, orders, cook, serve, func(cookOne func(string), products []string) {
		for _, p := range products {
			cookOne(p)
		}
	})
}

func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return evening(ctx, waiters, orders, cook, serve, func(cookOne func(string), products []string) {
		done := make(chan struct{})
		for _, p := range products {
			go func() {
				cookOne(p)
				done <- struct{}{}
			}()
		}
		for range products {
			<-done
		}
	})
}

func evening(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), all func(func(string), []string)) error {
	if cook == nil || serve == nil {
		panic("restaurant: cook and serve must not be nil")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 1) // holds the first error
	cookOne := func(product string) {
		if inner.Err() != nil {
			return
		}
		if err := cook(inner, product); err != nil {
			if ctx.Err() == nil {
				select {
				case failed <- err:
				default:
				}
			}
			cancel()
		}
	}

	badges := make(chan int, waiters)
	for n := range waiters {
		badges <- n + 1
	}
	counter := make(chan struct{}, 1) // holds a value while somebody serves
	for _, o := range orders {
		waiter := <-badges
		go func() {
			all(cookOne, o.Products)
			counter <- struct{}{}
			if inner.Err() == nil {
				serve(waiter, o)
			}
			<-counter
			badges <- waiter
		}()
	}
	for range waiters {
		<-badges
	}
	select {
	case err := <-failed:
		return fmt.Errorf("the evening ended early: %w", err)
	default:
		return ctx.Err()
	}
}

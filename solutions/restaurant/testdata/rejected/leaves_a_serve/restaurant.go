// Rejected: TestFirstError fail: it returns while an order is still being served.

package restaurant

import (
	"context"
	"errors"
	"fmt"
	"sync"
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
	var cooking sync.WaitGroup
	for _, o := range orders {
		var waiter int
		select {
		case waiter = <-badges:
		case <-inner.Done():
			continue
		}
		cooking.Add(1)
		go func() {
			all(cookOne, o.Products)
			cooking.Done()
			counter <- struct{}{}
			if inner.Err() == nil {
				serve(waiter, o)
			}
			<-counter
			badges <- waiter
		}()
	}
	cooking.Wait()
	for range waiters {
		select {
		case <-badges:
		case <-inner.Done():
		}
	}
	select {
	case err := <-failed:
		return fmt.Errorf("the evening ended early: %w", err)
	default:
		return ctx.Err()
	}
}

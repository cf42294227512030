// Package generator has Python's generators as goroutines. Here a generator is an
// object with a next method, as in Python, and a driver sends what it gives.
package generator

import (
	"context"
	"sync"
)

type generator[T any] interface {
	next(context.Context) (T, bool)
}

type countdown struct{ left int }

func (c *countdown) next(context.Context) (int, bool) {
	n := c.left
	c.left--
	return n, n > 0
}

type fibonacci struct {
	a, b uint64
	over bool // a was the last that fits
}

func (f *fibonacci) next(context.Context) (uint64, bool) {
	v, ok := f.a, !f.over
	f.a, f.b, f.over = f.b, f.a+f.b, f.over || f.b < f.a
	return v, ok
}

type taken[T any] struct {
	mu   sync.Mutex // more than needed: one goroutine alone calls next
	in   <-chan T
	left int
}

func (g *taken[T]) next(ctx context.Context) (v T, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left <= 0 {
		return v, false
	}
	g.left--
	select {
	case v, ok = <-g.in:
	case <-ctx.Done():
	}
	return v, ok
}

func drive[T any](ctx context.Context, g generator[T]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			v, ok := g.next(ctx)
			if !ok {
				return
			}
			select {
			case out <- v:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

// Countdown yields from, from-1, ..., 1.
func Countdown(ctx context.Context, from int) <-chan int {
	return drive(ctx, &countdown{left: max(from, 0)})
}

// Fibonacci yields 0, 1, 1, 2, ... to the last number that fits.
func Fibonacci(ctx context.Context) <-chan uint64 {
	return drive(ctx, &fibonacci{b: 1})
}

// Take passes on the first n values of in.
func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	return drive(ctx, &taken[T]{in: in, left: n})
}

// Package generator has Python's generators as goroutines. Here a generator is
// written as a push iterator, and one function turns any of them into a channel.
package generator

import (
	"context"
	"iter"
	"math/bits"
)

// Countdown yields from, from-1, ..., 1.
func Countdown(ctx context.Context, from int) <-chan int {
	return stream(ctx, func(yield func(int) bool) {
		for n := from; n > 0 && yield(n); n-- {
		}
	})
}

// Fibonacci yields 0, 1, 1, 2, ... to the last number that fits.
func Fibonacci(ctx context.Context) <-chan uint64 {
	return stream(ctx, func(yield func(uint64) bool) {
		a, b := uint64(0), uint64(1)
		for yield(a) {
			next, overflow := bits.Add64(a, b, 0)
			if overflow != 0 {
				yield(b)
				return
			}
			a, b = b, next
		}
	})
}

// Take passes on the first n values of in.
func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	return stream(ctx, func(yield func(T) bool) {
		for left := n; left > 0; left-- {
			select {
			case <-ctx.Done():
				return
			case v, ok := <-in:
				if !ok || !yield(v) {
					return
				}
			}
		}
	})
}

// stream sends the values of seq to the channel that it returns.
func stream[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	ch := make(chan T)
	go func() {
		defer close(ch)
		for v := range seq {
			if ctx.Err() != nil {
				return
			}
			select {
			case <-ctx.Done():
				return
			case ch <- v:
			}
		}
	}()
	return ch
}

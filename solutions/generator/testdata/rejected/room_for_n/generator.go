// Rejected: TestTake panic: makes room for n values beforehand, however large n is.
package generator

import (
	"context"
	"math"
)

func Countdown(ctx context.Context, from int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for ; from > 0; from-- {
			select {
			case out <- from:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func Fibonacci(ctx context.Context) <-chan uint64 {
	out := make(chan uint64)
	go func() {
		defer close(out)
		var a, b uint64 = 0, 1
		for {
			select {
			case out <- a:
			case <-ctx.Done():
				return
			}
			if a > math.MaxUint64-b {
				// b still fits
				select {
				case out <- b:
				case <-ctx.Done():
				}
				return
			}
			a, b = b, a+b
		}
	}()
	return out
}

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	seen := make([]T, 0, max(n, 0))
	go func() {
		defer close(out)
		for range n {
			var v T
			var ok bool
			select {
			case v, ok = <-in:
				if !ok {
					return
				}
			case <-ctx.Done():
				return
			}
			seen = append(seen, v)
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

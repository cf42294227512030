// Rejected: TestAbandoned leak: the last Fibonacci number is sent with no way out.
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
				out <- b
				return
			}
			a, b = b, a+b
		}
	}()
	return out
}

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
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
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Rejected: TestAbandoned fail: a generator whose consumer stays away for half a minute closes its channel.
package generator

import (
	"context"
	"time"
)

func put[T any](ctx context.Context, out chan<- T, v T) bool {
	patience := time.NewTimer(30 * time.Second)
	defer patience.Stop()
	select {
	case out <- v:
		return true
	case <-ctx.Done():
	case <-patience.C:
	}
	return false
}

func Countdown(ctx context.Context, from int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := from; n > 0 && put(ctx, out, n); n-- {
		}
	}()
	return out
}

func Fibonacci(ctx context.Context) <-chan uint64 {
	out := make(chan uint64)
	go func() {
		defer close(out)
		a, b := uint64(0), uint64(1)
		for i := 0; i < 94 && put(ctx, out, a); i++ {
			a, b = b, a+b
		}
	}()
	return out
}

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for i := 0; i < n && ctx.Err() == nil; i++ {
			select {
			case v, ok := <-in:
				if !ok || !put(ctx, out, v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

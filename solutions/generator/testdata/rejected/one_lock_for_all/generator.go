// Rejected: TestNothingShared fail|deadlock: a Take that waits for its in holds the lock that every other Take needs.
package generator

import (
	"context"
	"math"
	"sync"
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

var one sync.Mutex

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for range n {
			var v T
			var ok bool
			one.Lock()
			select {
			case v, ok = <-in:
			case <-ctx.Done():
			}
			one.Unlock()
			if !ok {
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

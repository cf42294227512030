// Rejected: TestAbandoned leak: a Take that waits for in closes its channel when ctx is done, but stays for up to a minute
package generator

import (
	"context"
	"time"
)

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	go func() {
		leave := out
		defer func() {
			if leave != nil {
				close(leave)
			}
		}()
		for range n {
			select {
			case v, open := <-in:
				if !open || !send(ctx, out, v) {
					return
				}
			case <-ctx.Done():
				close(out)
				leave = nil
				select {
				case <-in:
				case <-time.After(time.Minute):
				}
				return
			}
		}
	}()
	return out
}

func Countdown(ctx context.Context, from int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := from; n > 0 && send(ctx, out, n); n-- {
		}
	}()
	return out
}

func Fibonacci(ctx context.Context) <-chan uint64 {
	out := make(chan uint64)
	go func() {
		defer close(out)
		for a, b := uint64(0), uint64(1); send(ctx, out, a) && b >= a; a, b = b, a+b {
		}
	}()
	return out
}

func send[T any](ctx context.Context, out chan<- T, v T) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case out <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

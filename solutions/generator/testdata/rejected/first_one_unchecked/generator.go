// Rejected: TestTake fail: the first receive from in does not look whether in is closed
package generator

import "context"

func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		if n <= 0 {
			return
		}
		var v T
		select {
		case v = <-in:
		case <-ctx.Done():
			return
		}
		for left := n; send(ctx, out, v) && left > 1; left-- {
			var open bool
			select {
			case v, open = <-in:
			case <-ctx.Done():
			}
			if !open {
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

// Package generator has Python's generators as goroutines. Here Take is a state
// machine with a single select, whose cases are switched off by nil channels.
package generator

import "context"

// Countdown yields from, from-1, ..., 1.
func Countdown(ctx context.Context, from int) <-chan int {
	out := make(chan int)
	go countdown(ctx.Done(), from, out)
	return out
}

func countdown(done <-chan struct{}, n int, out chan<- int) {
	for ; n > 0; n-- {
		select {
		case out <- n:
		case <-done:
			n = 0
		}
	}
	close(out)
}

// Fibonacci yields 0, 1, 1, 2, ... to the last number that fits.
func Fibonacci(ctx context.Context) <-chan uint64 {
	const most = 94 // as many of them are below 2^64
	out := make(chan uint64)
	go func() {
		defer close(out)
		a, b := uint64(0), uint64(1)
		for range most {
			select {
			case out <- a:
				a, b = b, a+b
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Take passes on the first n values of in.
func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	to := make(chan T)
	if n <= 0 {
		close(to)
		return to
	}
	go func() {
		defer close(to)
		var hand T
		source, sink := in, chan T(nil) // exactly one of them is not nil
		for n > 0 {
			select {
			case v, ok := <-source:
				if !ok {
					return
				}
				hand, source, sink = v, nil, to
			case sink <- hand:
				n--
				source, sink = in, nil
			case <-ctx.Done():
				return
			}
		}
	}()
	return to
}

// Rejected: TestAbandoned leak: Take does not take back its AfterFunc when there is nothing to take.

// Package generator has Python's generators as goroutines: each call returns a
// channel on which values arrive one by one, when the consumer asks for them.
package generator

import "context"

// Countdown returns a channel that yields from, from-1, ..., 1 and is then
// closed. For from <= 0 it yields nothing.
func Countdown(ctx context.Context, from int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := from; n > 0; n-- {
			if !yield(ctx, out, n) {
				return
			}
		}
	}()
	return out
}

// Fibonacci returns a channel that yields 0, 1, 1, 2, 3, 5, ... up to the last
// number that fits into a uint64 and is then closed.
func Fibonacci(ctx context.Context) <-chan uint64 {
	out := make(chan uint64)
	go func() {
		defer close(out)
		// b runs one ahead of a and overflows first: that a is smaller than
		// the number before it comes one round later, and only then is it wrong.
		for a, b, last := uint64(0), uint64(1), uint64(0); a >= last; a, b, last = b, a+b, a {
			if !yield(ctx, out, a) {
				return
			}
		}
	}()
	return out
}

// Take returns a channel that passes on the first n values of in and is then
// closed, without waiting for more.
func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		done := make(chan struct{})
		stop := context.AfterFunc(ctx, func() { close(done) })
		if n <= 0 {
			return
		}
		defer stop()
		for range n { // counting first: a range over in would receive once too often
			select {
			case v, open := <-in:
				if !open || !yield(ctx, out, v) {
					return
				}
			case <-done:
				return
			}
		}
	}()
	return out
}

// yield hands v to the consumer, who may be gone for good: a bare send would
// then wait for ever. It says whether the generator shall go on.
func yield[T any](ctx context.Context, out chan<- T, v T) bool {
	if ctx.Err() != nil { // select picks at random among what is ready
		return false
	}
	select {
	case out <- v:
		return true
	case <-ctx.Done():
		return false
	}
}

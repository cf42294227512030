// Package generator has Python's generators as goroutines: each call returns a
// channel on which values arrive one by one, when the consumer asks for them.
package generator

import "context"

// Countdown returns a channel that yields from, from-1, ..., 1 and is then
// closed. For from <= 0 it yields nothing.
//
// The channel is unbuffered. When ctx is done it is closed promptly, even if
// nobody receives any more, and no goroutine stays.
func Countdown(ctx context.Context, from int) <-chan int {
	return nil
}

// Fibonacci returns a channel that yields 0, 1, 1, 2, 3, 5, ... up to
// 12200160415121876738, the last one that fits into a uint64, and is then
// closed.
//
// The channel is unbuffered. When ctx is done it is closed promptly, even if
// nobody receives any more, and no goroutine stays.
func Fibonacci(ctx context.Context) <-chan uint64 {
	return nil
}

// Take returns a channel that passes on the first n values of in and is then
// closed, without waiting for more; when in is closed earlier, so is the
// channel.
//
// Take receives a value from in only after the one before it was taken, and
// never more than n of them; for n <= 0 it receives nothing.
//
// The channel is unbuffered. When ctx is done it is closed promptly, whether or
// not in has values and anybody receives them, and no goroutine stays. The one
// value that Take may then have in hand is lost.
func Take[T any](ctx context.Context, in <-chan T, n int) <-chan T {
	return nil
}

// Package iterators has Python's generators as iterators, the functions that Go's
// for loops range over, and joins them to channels.
package iterators

import (
	"context"
	"iter"
)

// Countdown yields from, from-1, ..., 1; nothing for from <= 0. Every range
// starts anew.
func Countdown(from int) iter.Seq[int] {
	return nil
}

// Fibonacci yields 0, 1, 1, 2, 3, 5, ... up to 12200160415121876738, the last one
// that fits into a uint64. Every range starts anew.
func Fibonacci() iter.Seq[uint64] {
	return nil
}

// Take yields the first n values of seq, or fewer when seq ends earlier. It pulls
// no value from seq that it does not yield, so none for n <= 0. A second range
// starts anew if seq can.
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return nil
}

// Zip yields pairs: the first values of as and bs, the second ones, and so on, to
// the end of the shorter one. However the range ends, also by break or by a panic
// in the loop's body, both sources finish: their deferred calls run.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return nil
}

// FromChan yields what it receives from in until in is closed or ctx is done.
// Once ctx is done it yields nothing, even if in has values.
func FromChan[T any](ctx context.Context, in <-chan T) iter.Seq[T] {
	return nil
}

// ToChan returns a channel that hands over the values of seq, each worked out
// when the one before was taken, and is closed at the end of seq. When ctx is
// done the channel is closed as soon as seq yields, or at once if a value waits to
// be taken. No goroutine stays then.
func ToChan[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	return nil
}

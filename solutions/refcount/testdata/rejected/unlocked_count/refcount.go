// Rejected: TestNoDataRaces race: Count reads without the lock.

package refcount

import "sync"

type Ref[T any] struct {
	value T
	free  func(T)
	mu    sync.Mutex
	count int
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	return &Ref[T]{value: value, free: free, count: 1}
}

func (r *Ref[T]) Acquire() (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		var none T
		return none, false
	}
	r.count++
	return r.value, true
}

func (r *Ref[T]) Release() {
	r.mu.Lock()
	if r.count == 0 {
		r.mu.Unlock()
		panic("refcount: Release at 0")
	}
	r.count--
	last := r.count == 0
	r.mu.Unlock()
	if last {
		r.free(r.value)
	}
}

func (r *Ref[T]) Count() int {
	return r.count
}

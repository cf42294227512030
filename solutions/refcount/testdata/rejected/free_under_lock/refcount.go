// Rejected: TestWhileFreeRuns deadlock: free runs under the lock that Count needs.

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
	defer r.mu.Unlock()
	if r.count == 0 {
		panic("refcount: Release at 0")
	}
	if r.count--; r.count == 0 {
		r.free(r.value)
	}
}

func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

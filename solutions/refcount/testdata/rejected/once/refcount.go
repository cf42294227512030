// Rejected: TestWhileFreeRuns deadlock: a Release at 0 waits in sync.Once for free to end.

package refcount

import "sync"

type Ref[T any] struct {
	value T
	free  func(T)
	mu    sync.Mutex
	count int
	once  sync.Once
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
	r.count = max(r.count-1, 0)
	last := r.count == 0
	r.mu.Unlock()
	if !last {
		return
	}
	mine := false
	r.once.Do(func() {
		mine = true
		r.free(r.value)
	})
	if !mine {
		panic("refcount: Release at 0")
	}
}

func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

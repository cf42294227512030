// Rejected: TestWhileFreeRuns fail: a free that another one leads to is put off until that has returned.
package refcount

import "sync"

type Ref[T any] struct {
	value T
	free  func(T)

	mu    sync.Mutex
	count int
}

var (
	lock    sync.Mutex
	busy    bool
	pending []func()
)

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: free is nil")
	}
	return &Ref[T]{value: value, free: free, count: 1}
}

func (r *Ref[T]) Acquire() (v T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		return v, false
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
		free(func() { r.free(r.value) })
	}
}

func free(f func()) {
	lock.Lock()
	pending = append(pending, f)
	if busy {
		lock.Unlock()
		return
	}
	busy = true
	for len(pending) > 0 {
		f := pending[0]
		pending = pending[1:]
		lock.Unlock()
		f()
		lock.Lock()
	}
	busy = false
	lock.Unlock()
}

func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

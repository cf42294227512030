// Rejected: TestCount fail: a count of eight bits is 0 again after 255.
package refcount

import (
	"sync"
)

type Ref[T any] struct {
	mu    sync.Mutex
	n     uint8
	value T
	free  func(T)
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	return &Ref[T]{n: 1, value: value, free: free}
}

func (r *Ref[T]) Acquire() (v T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n == 0 {
		return v, false
	}
	r.n++
	return r.value, true
}

func (r *Ref[T]) Release() {
	if r.drop() {
		r.free(r.value)
	}
}

func (r *Ref[T]) drop() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n == 0 {
		panic("refcount: Release at 0")
	}
	r.n--
	return r.n == 0
}

func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return int(r.n)
}

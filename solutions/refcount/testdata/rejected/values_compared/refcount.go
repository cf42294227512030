// Rejected: TestFreeOnce fail: the state is exchanged by comparing it, value and all, and Go cannot compare slices.
package refcount

import "sync/atomic"

type state[T any] struct {
	value T
	count int
}

type Ref[T any] struct {
	state atomic.Value
	free  func(T)
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: free is nil")
	}
	r := &Ref[T]{free: free}
	r.state.Store(state[T]{value, 1})
	return r
}

func (r *Ref[T]) Acquire() (T, bool) {
	for {
		s := r.state.Load().(state[T])
		if s.count == 0 {
			var zero T
			return zero, false
		}
		if r.state.CompareAndSwap(s, state[T]{s.value, s.count + 1}) {
			return s.value, true
		}
	}
}

func (r *Ref[T]) Release() {
	for {
		s := r.state.Load().(state[T])
		if s.count == 0 {
			panic("refcount: Release at 0")
		}
		if r.state.CompareAndSwap(s, state[T]{s.value, s.count - 1}) {
			if s.count == 1 {
				r.free(s.value)
			}
			return
		}
	}
}

func (r *Ref[T]) Count() int { return r.state.Load().(state[T]).count }

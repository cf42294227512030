// Package future has results that are not there yet. Here a future is one atomic
// pointer: to the last of a chain of callbacks or, once and for all, to the outcome.
package future

import (
	"context"
	"sync/atomic"
)

// Future is an outcome that may still be under way.
type Future[T any] struct{ state atomic.Pointer[state[T]] }

// state is immutable once it is published.
type state[T any] struct {
	outcome *outcome[T] // nil: unresolved
	fn      func(T, error)
	wake    chan struct{} // in place of fn, of one Await
	older   *state[T]
}

type outcome[T any] struct {
	value T
	err   error
}

// New returns an unresolved future and its resolve.
func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = new(Future[T])
	return f, func(v T, err error) bool {
		settled := &state[T]{outcome: &outcome[T]{v, err}}
		for {
			old := f.state.Load()
			if old != nil && old.outcome != nil {
				return false
			}
			if f.state.CompareAndSwap(old, settled) {
				old.release(v, err)
				return true
			}
		}
	}
}

// release wakes all who wait, then calls the callbacks, oldest first.
func (s *state[T]) release(v T, err error) {
	var fns []func(T, error)
	for ; s != nil; s = s.older {
		if s.wake != nil {
			close(s.wake)
		} else {
			fns = append(fns, s.fn)
		}
	}
	for i := len(fns) - 1; i >= 0; i-- {
		fns[i](v, err)
	}
}

// push adds s to the chain, unless there is an outcome, which it returns.
func (f *Future[T]) push(s *state[T]) *outcome[T] {
	for {
		old := f.state.Load()
		if old != nil && old.outcome != nil {
			return old.outcome
		}
		s.older = old
		if f.state.CompareAndSwap(old, s) {
			return nil
		}
	}
}

// Await waits for the outcome or the end of ctx.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	me := &state[T]{wake: make(chan struct{})}
	o := f.push(me)
	if o == nil {
		select {
		case <-me.wake:
		case <-ctx.Done():
		}
		o = f.state.Load().outcome
	}
	if o == nil {
		var none T
		return none, ctx.Err()
	}
	return o.value, o.err
}

// OnDone calls fn with the outcome.
func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: a nil callback")
	}
	if o := f.push(&state[T]{fn: fn}); o != nil {
		fn(o.value, o.err)
	}
}

// Start resolves a future with what fn returns.
func Start[T any](fn func() (T, error)) *Future[T] {
	f, resolve := New[T]()
	if fn == nil {
		panic("future: a nil function")
	}
	go func() { resolve(fn()) }()
	return f
}

// All gathers values, or the first error.
func All[T any](futures ...*Future[T]) *Future[[]T] {
	all, resolve := New[[]T]()
	values := make([]T, len(futures))
	missing := new(atomic.Int64)
	missing.Store(int64(len(futures)))
	for i, f := range futures {
		f.OnDone(func(v T, err error) {
			if err != nil {
				resolve(nil, err)
				return
			}
			values[i] = v
			if missing.Add(-1) == 0 {
				resolve(values, nil)
			}
		})
	}
	if len(futures) == 0 {
		resolve(values, nil)
	}
	return all
}

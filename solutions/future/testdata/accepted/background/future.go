// Package future has results that are not there yet. Here the values of All are handed
// over on a goroutine of their own, so that they hold up none of the resolvers.
package future

import (
	"context"
	"sync"
)

type Future[T any] struct {
	mu   sync.Mutex
	done chan struct{}
	set  bool
	v    T
	err  error
	fns  []func(T, error)
}

func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = &Future[T]{done: make(chan struct{})}
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	f.mu.Lock()
	if f.set {
		f.mu.Unlock()
		return false
	}
	f.set, f.v, f.err = true, v, err
	fns := f.fns
	f.fns = nil
	close(f.done)
	f.mu.Unlock()
	for _, fn := range fns {
		fn(v, err)
	}
	return true
}

func (f *Future[T]) Await(ctx context.Context) (T, error) {
	select {
	case <-f.done:
	case <-ctx.Done():
		select {
		case <-f.done:
		default:
			var zero T
			return zero, ctx.Err()
		}
	}
	return f.v, f.err
}

func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: nil fn")
	}
	f.mu.Lock()
	if !f.set {
		f.fns = append(f.fns, fn)
		f.mu.Unlock()
		return
	}
	f.mu.Unlock()
	fn(f.v, f.err)
}

func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: nil fn")
	}
	f, resolve := New[T]()
	go func() { resolve(fn()) }()
	return f
}

func All[T any](futures ...*Future[T]) *Future[[]T] {
	all, resolve := New[[]T]()
	n := len(futures)
	values := make([]T, n)
	var mu sync.Mutex
	left := n
	if n == 0 {
		resolve(values, nil)
	}
	for i, f := range futures {
		f.OnDone(func(v T, err error) {
			if err != nil {
				resolve(nil, err)
				return
			}
			mu.Lock()
			values[i] = v
			left--
			last := left == 0
			mu.Unlock()
			if last {
				go resolve(values, nil)
			}
		})
	}
	return all
}

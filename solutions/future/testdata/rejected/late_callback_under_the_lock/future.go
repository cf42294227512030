// Rejected: TestCallbacksUseTheFuture deadlock: OnDone of a resolved future calls fn with the lock held

package future

import (
	"context"
	"sync"
)

type Future[T any] struct {
	mu        sync.Mutex
	done      chan struct{}
	resolved  bool
	value     T
	err       error
	callbacks []func(T, error)
}

func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = &Future[T]{done: make(chan struct{})}
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	f.mu.Lock()
	if f.resolved {
		f.mu.Unlock()
		return false
	}
	f.resolved = true
	f.value, f.err = v, err
	cbs := f.callbacks
	f.callbacks = nil
	close(f.done)
	f.mu.Unlock()
	for _, cb := range cbs {
		cb(v, err)
	}
	return true
}

func (f *Future[T]) Await(ctx context.Context) (T, error) {
	select {
	case <-f.done:
		return f.value, f.err
	default:
	}
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		select {
		case <-f.done:
			return f.value, f.err
		default:
		}
		var zero T
		return zero, ctx.Err()
	}
}

func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: OnDone of nil")
	}
	f.mu.Lock()
	if !f.resolved {
		f.callbacks = append(f.callbacks, fn)
		f.mu.Unlock()
		return
	}
	fn(f.value, f.err)
	f.mu.Unlock()
}

func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: Start of nil")
	}
	f, resolve := New[T]()
	go func() { resolve(fn()) }()
	return f
}

func All[T any](futures ...*Future[T]) *Future[[]T] {
	all, resolve := New[[]T]()
	values := make([]T, len(futures))
	if len(futures) == 0 {
		resolve(values, nil)
		return all
	}
	var mu sync.Mutex
	left := len(futures)
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
				resolve(values, nil)
			}
		})
	}
	return all
}

// Rejected: TestFirstWins race: a look at a context and its end are two steps, so that both of two may win.

// Package future has results that are not there yet: whoever needs one waits for
// it, or leaves a callback.
package future

import (
	"context"
	"sync"
)

type Future[T any] struct {
	ctx   context.Context // done when the outcome is there
	done  context.CancelFunc
	value T
	err   error

	mu        sync.Mutex
	callbacks []func(T, error)
}

func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = &Future[T]{}
	f.ctx, f.done = context.WithCancel(context.Background())
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	if f.ctx.Err() != nil {
		return false
	}
	f.value, f.err = v, err
	f.done()
	f.mu.Lock()
	due := f.callbacks
	f.callbacks = nil
	f.mu.Unlock()
	for _, fn := range due {
		fn(v, err)
	}
	return true
}

func (f *Future[T]) Await(ctx context.Context) (T, error) {
	select {
	case <-f.ctx.Done():
	case <-ctx.Done():
		if f.ctx.Err() == nil {
			var zero T
			return zero, ctx.Err()
		}
	}
	return f.value, f.err
}

func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: OnDone of a nil function")
	}
	f.mu.Lock()
	if f.ctx.Err() == nil {
		f.callbacks = append(f.callbacks, fn)
		f.mu.Unlock()
		return
	}
	f.mu.Unlock()
	fn(f.value, f.err)
}

// Start calls fn on a goroutine of its own, which resolves the future.
func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: Start of a nil function")
	}
	f, resolve := New[T]()
	go func() { resolve(fn()) }()
	return f
}

// All returns a future of all values, in order, or of the first error. It leaves
// a callback with each future, so that nobody has to wait.
func All[T any](futures ...*Future[T]) *Future[[]T] {
	all, resolve := New[[]T]()
	values := make([]T, len(futures))
	if len(futures) == 0 {
		resolve(values, nil)
	}
	var mu sync.Mutex // guards missing and values
	missing := len(futures)
	put := func(i int, v T) (last bool) {
		mu.Lock()
		defer mu.Unlock()
		values[i] = v
		missing--
		return missing == 0
	}
	for i, f := range futures {
		f.OnDone(func(v T, err error) {
			if err != nil {
				resolve(nil, err) // the first one wins, by contract
			} else if put(i, v) {
				resolve(values, nil)
			}
		})
	}
	return all
}

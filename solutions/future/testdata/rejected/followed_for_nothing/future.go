// Rejected: TestAwait leak: an Await of a resolved future does not take back its AfterFunc
package future

import (
	"context"
	"sync"
)

type Future[T any] struct {
	mu        sync.Mutex
	changed   *sync.Cond
	resolved  bool
	value     T
	err       error
	callbacks []func(T, error)
}

func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = new(Future[T])
	f.changed = sync.NewCond(&f.mu)
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	f.mu.Lock()
	if f.resolved {
		f.mu.Unlock()
		return false
	}
	f.resolved, f.value, f.err = true, v, err
	callbacks := f.callbacks
	f.callbacks = nil
	f.changed.Broadcast()
	f.mu.Unlock()
	for _, fn := range callbacks {
		fn(v, err)
	}
	return true
}

func (f *Future[T]) wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.changed.Broadcast()
}

func (f *Future[T]) Await(ctx context.Context) (T, error) {
	stop := context.AfterFunc(ctx, f.wake)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.resolved {
		return f.value, f.err
	}
	defer stop()
	for !f.resolved {
		if ctx.Err() != nil {
			var zero T
			return zero, ctx.Err()
		}
		f.changed.Wait()
	}
	return f.value, f.err
}

func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: OnDone of a nil function")
	}
	f.mu.Lock()
	if !f.resolved {
		f.callbacks = append(f.callbacks, fn)
		f.mu.Unlock()
		return
	}
	f.mu.Unlock()
	fn(f.value, f.err)
}

func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: Start of a nil function")
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
	}
	var mu sync.Mutex
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
				resolve(nil, err)
			} else if put(i, v) {
				resolve(values, nil)
			}
		})
	}
	return all
}

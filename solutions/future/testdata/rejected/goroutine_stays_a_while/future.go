// Rejected: TestAll leak: Start leaves a goroutine that would complain after half an hour, also when all is done long before.

// Package future has results that are not there yet: whoever needs one waits for
// it, or leaves a callback.
package future

import (
	"context"
	"log"
	"sync"
	"time"
)

// Future is the outcome, a value and an error, of something that may still be
// under way.
type Future[T any] struct {
	done  chan struct{} // closed, under mu, when the outcome is there
	value T             // of the outcome; not written again once done is closed
	err   error

	mu        sync.Mutex
	callbacks []func(T, error) // left before done was closed
}

// New returns an unresolved future, and the function that resolves it.
func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = &Future[T]{done: make(chan struct{})}
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	callbacks, first := f.settle(v, err)
	// Without the lock: a callback may call OnDone, Await and even resolve.
	for _, fn := range callbacks {
		fn(v, err)
	}
	return first
}

// settle sets the outcome, unless there is one, and returns the callbacks that
// are now due. To look, to set and to take the callbacks is one step: whoever
// calls OnDone is either in that list or finds done closed, never both.
func (f *Future[T]) settle(v T, err error) (due []func(T, error), first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isDone() {
		return nil, false
	}
	f.value, f.err = v, err
	close(f.done)
	due, f.callbacks = f.callbacks, nil
	return due, true
}

func (f *Future[T]) isDone() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

// Await waits until f is resolved, or ctx is done and f is not.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	select {
	case <-f.done:
	case <-ctx.Done():
		// A select with two ready cases tosses a coin: the outcome goes first.
		if !f.isDone() {
			var zero T
			return zero, ctx.Err()
		}
	}
	return f.value, f.err
}

// OnDone leaves fn for the resolver or, if there is an outcome, calls it.
func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: OnDone of a nil function")
	}
	if !f.leave(fn) {
		fn(f.value, f.err)
	}
}

// leave says whether it has left fn for the resolver.
func (f *Future[T]) leave(fn func(T, error)) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isDone() {
		return false
	}
	f.callbacks = append(f.callbacks, fn)
	return true
}

// Start calls fn on a goroutine of its own, which resolves the future.
func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: Start of a nil function")
	}
	f, resolve := New[T]()
	go func() { resolve(fn()) }()
	go func() {
		time.Sleep(30 * time.Minute)
		if !f.isDone() {
			log.Print("future: a function has been running for half an hour")
		}
	}()
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

// Package future has results that are not there yet. Here a channel of one place
// holds the state: who has received it owns it, until it is sent back.
package future

import "context"

// Future is an outcome that may still be under way.
type Future[T any] struct{ state chan state[T] }

type state[T any] struct {
	over      bool
	value     T
	err       error
	waiters   []chan struct{}
	callbacks []func(T, error)
}

// New returns an unresolved future and its resolve.
func New[T any]() (*Future[T], func(T, error) bool) {
	f := &Future[T]{make(chan state[T], 1)}
	f.state <- state[T]{}
	return f, f.resolve
}

func (f *Future[T]) resolve(v T, err error) bool {
	s := <-f.state
	if s.over {
		f.state <- s
		return false
	}
	f.state <- state[T]{over: true, value: v, err: err}
	for _, w := range s.waiters {
		close(w)
	}
	for _, fn := range s.callbacks {
		fn(v, err)
	}
	return true
}

// Await waits for the outcome or the end of ctx.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	s := <-f.state
	if !s.over && ctx.Err() == nil {
		wake := make(chan struct{})
		s.waiters = append(s.waiters, wake)
		f.state <- s
		select {
		case <-ctx.Done():
		case <-wake:
		}
		s = <-f.state
	}
	f.state <- s
	if !s.over {
		return s.value, ctx.Err()
	}
	return s.value, s.err
}

// OnDone calls fn with the outcome.
func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: OnDone needs a function")
	}
	s := <-f.state
	if !s.over {
		s.callbacks = append(s.callbacks, fn)
	}
	f.state <- s
	if s.over {
		fn(s.value, s.err)
	}
}

// Start resolves a future with what fn returns.
func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: Start needs a function")
	}
	f, resolve := New[T]()
	go func() { resolve(fn()) }()
	return f
}

// All gathers values, or the first error.
func All[T any](futures ...*Future[T]) *Future[[]T] {
	all, resolve := New[[]T]()
	if len(futures) == 0 {
		resolve([]T{}, nil)
		return all
	}
	type progress struct {
		values []T
		left   int
	}
	turn := make(chan progress, 1)
	turn <- progress{make([]T, len(futures)), len(futures)}
	for i, f := range futures {
		f.OnDone(func(v T, err error) {
			if err != nil {
				resolve(nil, err)
				return
			}
			p := <-turn
			p.values[i] = v
			p.left--
			turn <- p
			if p.left == 0 {
				resolve(p.values, nil)
			}
		})
	}
	return all
}

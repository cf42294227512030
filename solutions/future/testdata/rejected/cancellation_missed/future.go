// Rejected: TestAwait deadlock|fail: the end of ctx is called out without the lock, so that one who is about to wait may miss it.
package future

import (
	"context"
	"fmt"
	"sync"
)

// Future is an outcome that may still be under way.
type Future[T any] struct {
	mu       sync.Mutex
	changed  *sync.Cond
	resolved bool
	outcome  struct {
		value T
		err   error
	}
	waiting []func(T, error)
}

// New returns an unresolved future and its resolve.
func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	f = new(Future[T])
	f.changed = sync.NewCond(&f.mu)
	return f, func(v T, err error) bool {
		f.mu.Lock()
		if f.resolved {
			f.mu.Unlock()
			return false
		}
		f.resolved = true
		f.outcome.value, f.outcome.err = v, err
		f.changed.Broadcast()
		waiting := f.waiting
		f.mu.Unlock()
		for i := range waiting {
			waiting[i](v, err)
		}
		return true
	}
}

// Await waits for the outcome or the end of ctx.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	stop := context.AfterFunc(ctx, func() {
		f.changed.Broadcast()
	})
	defer stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.resolved {
		if err := ctx.Err(); err != nil {
			var none T
			return none, fmt.Errorf("future: not resolved: %w", err)
		}
		f.changed.Wait()
	}
	return f.outcome.value, f.outcome.err
}

// OnDone calls fn with the outcome.
func (f *Future[T]) OnDone(fn func(T, error)) {
	if fn == nil {
		panic("future: fn is nil")
	}
	f.mu.Lock()
	if !f.resolved {
		f.waiting = append(f.waiting, fn)
		f.mu.Unlock()
		return
	}
	f.mu.Unlock()
	fn(f.outcome.value, f.outcome.err)
}

// Start resolves a future with what fn returns.
func Start[T any](fn func() (T, error)) *Future[T] {
	if fn == nil {
		panic("future: fn is nil")
	}
	f, resolve := New[T]()
	go func() {
		v, err := fn()
		resolve(v, err)
	}()
	return f
}

// All gathers values, or the first error.
func All[T any](futures ...*Future[T]) *Future[[]T] {
	out, resolve := New[[]T]()
	g := &gathering[T]{values: make([]T, len(futures)), left: len(futures), resolve: resolve}
	for i, f := range futures {
		f.OnDone(func(v T, err error) { g.done(i, v, err) })
	}
	if len(futures) == 0 {
		resolve(g.values, nil)
	}
	return out
}

type gathering[T any] struct {
	mu      sync.Mutex
	values  []T
	left    int
	resolve func([]T, error) bool
}

func (g *gathering[T]) done(i int, v T, err error) {
	if err != nil {
		g.resolve(nil, err)
		return
	}
	g.mu.Lock()
	g.values[i] = v
	g.left--
	left := g.left
	g.mu.Unlock()
	if left == 0 {
		g.resolve(g.values, nil)
	}
}

// Rejected: TestCancelWhileRunning fail: a function that had to wait in line is not told that ctx is done

// Package executor runs blocking functions on a limited number of goroutines.
// Here each function gets a goroutine of its own, once its Run holds a token.
package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
)

// ErrClosed is what Run returns once Close has been called.
var ErrClosed = errors.New("executor: closed")

// PanicError is what Run returns when its function panics.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprint("panic: ", e.Value) }

// Executor holds the tokens.
type Executor struct {
	tokens chan struct{} // full: all places are taken

	mu     sync.RWMutex
	closed bool
	busy   sync.WaitGroup // Runs and functions
}

// New returns an executor of that many places.
func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: workers must be positive")
	}
	return &Executor{tokens: make(chan struct{}, workers)}
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	e.mu.RLock()
	if e.closed {
		e.mu.RUnlock()
		return zero, ErrClosed
	}
	e.busy.Add(1) // under the lock: Close has not begun to wait
	e.mu.RUnlock()
	defer e.busy.Done()

	given := ctx
	if len(e.tokens) == cap(e.tokens) {
		given = context.WithoutCancel(ctx)
	}
	select {
	case e.tokens <- struct{}{}:
	case <-ctx.Done():
		return zero, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		<-e.tokens
		return zero, err
	}
	p := &promise[T]{done: make(chan struct{})}
	e.busy.Go(func() {
		defer func() { <-e.tokens }()
		p.fulfil(given, fn)
	})
	select {
	case <-p.done:
		return p.value, p.err
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

type promise[T any] struct {
	done  chan struct{} // closed after value and err are set
	value T
	err   error
}

func (p *promise[T]) fulfil(ctx context.Context, fn func(context.Context) (T, error)) {
	defer close(p.done)
	defer func() {
		if r := recover(); r != nil {
			buf := make([]byte, 8192)
			p.err = &PanicError{r, buf[:runtime.Stack(buf, false)]}
		}
	}()
	p.value, p.err = fn(ctx)
}

// Close refuses new work and waits for the rest.
func (e *Executor) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.busy.Wait()
}

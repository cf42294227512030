// Package executor runs blocking functions on a limited number of goroutines.
// Here a job's fate is one compare-and-swap: either a worker takes it or its Run
// takes it back.
package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// ErrClosed is what Run returns once Close has been called.
var ErrClosed = errors.New("executor: closed")

// PanicError is what Run returns when its function panics.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

type job struct {
	taken atomic.Bool // by a worker or by its own Run
	run   func()
}

// Executor keeps a line without a limit and a token for each job in it.
type Executor struct {
	mu     sync.Mutex
	line   []*job
	closed bool

	wake  chan struct{} // room for one: there is something to do
	alive atomic.Int64
	gone  chan struct{}
}

// New returns an executor of that many workers.
func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: workers < 1")
	}
	e := &Executor{wake: make(chan struct{}, 1), gone: make(chan struct{})}
	e.alive.Store(int64(workers))
	for range workers {
		go e.work()
	}
	return e
}

func (e *Executor) work() {
	for range e.wake {
		j, more, over := e.pop()
		if more {
			e.poke() // the next worker
		}
		if j != nil && j.taken.CompareAndSwap(false, true) {
			j.run()
			e.poke()
		}
		if over {
			break
		}
	}
	e.poke()
	if e.alive.Add(-1) == 0 {
		close(e.gone)
	}
}

func (e *Executor) pop() (j *job, more, over bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.line) > 0 {
		j, e.line = e.line[0], e.line[1:]
	}
	return j, len(e.line) > 0 || e.closed, len(e.line) == 0 && e.closed
}

// poke wakes a worker; one is enough, since it wakes the next.
func (e *Executor) poke() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	var slot atomic.Pointer[result[T]]
	done := make(chan struct{})
	j := &job{run: func() {
		defer close(done)
		slot.Store(call(ctx, fn))
	}}
	if !e.push(j) {
		return zero, ErrClosed
	}
	select {
	case <-done:
	case <-ctx.Done():
		j.taken.CompareAndSwap(false, true) // take it back, if it is still there
	}
	if r := slot.Load(); r != nil {
		return r.value, r.err
	}
	return zero, ctx.Err()
}

func (e *Executor) push(j *job) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.line = append(e.line, j)
	e.poke()
	return true
}

type result[T any] struct {
	value T
	err   error
}

func call[T any](ctx context.Context, fn func(context.Context) (T, error)) (r *result[T]) {
	r = new(result[T])
	defer func() {
		if p := recover(); p != nil {
			b := make([]byte, 1<<14)
			r.err = &PanicError{Value: p, Stack: b[:runtime.Stack(b, false)]}
		}
	}()
	r.value, r.err = fn(ctx)
	return r
}

// Close refuses new work and waits for the workers.
func (e *Executor) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.poke()
	<-e.gone
}

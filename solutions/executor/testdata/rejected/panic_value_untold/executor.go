// Rejected: TestPanic fail: the text of a PanicError does not say with what the function panicked.

package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
)

var ErrClosed = errors.New("executor: closed")

type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("executor: the function panicked with a %T", e.Value)
}

type Executor struct {
	line    chan func()
	workers sync.WaitGroup

	mu     sync.Mutex
	closed bool
	inLine sync.WaitGroup
}

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

func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("executor: Run without a function")
	}
	result := make(chan outcome[T], 1)
	err := e.send(ctx, func() {
		if ctx.Err() == nil {
			result <- call(ctx, fn)
		}
	})
	if err != nil {
		return outcome[T]{}.value, err
	}
	select {
	case r := <-result:
		return r.value, r.err
	case <-ctx.Done():
		return outcome[T]{}.value, ctx.Err()
	}
}

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

func (e *Executor) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.inLine.Add(1)
	return true
}

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

func (e *Executor) Close() {
	e.mu.Lock()
	first := !e.closed
	e.closed = true
	e.mu.Unlock()
	if first {
		e.inLine.Wait()
		close(e.line)
	}
	e.workers.Wait()
}

// Rejected: TestClose leak: a Run that is refused does not take back its AfterFunc
package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

var ErrClosed = errors.New("executor: closed")

type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("executor: the function panicked: %v", e.Value)
}

type outcome[T any] struct {
	value T
	err   error
}

type Executor struct {
	mu      sync.Mutex
	changed *sync.Cond
	free    int
	line    []*ticket
	closed  bool
	all     sync.WaitGroup // Runs in line, and functions
}

// ticket is somebody's place in the line.
type ticket struct{ ctx context.Context }

func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: New needs at least one worker")
	}
	e := &Executor{free: workers}
	e.changed = sync.NewCond(&e.mu)
	return e
}

func (e *Executor) wake() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.changed.Broadcast()
}

// enter waits for a place.
func (e *Executor) enter(ctx context.Context) error {
	stop := context.AfterFunc(ctx, e.wake)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	defer stop()
	me := &ticket{ctx}
	e.line = append(e.line, me)
	e.all.Add(1)
	for ctx.Err() == nil && (e.free == 0 || e.line[0] != me) {
		e.changed.Wait()
	}
	e.line = slices.DeleteFunc(e.line, func(t *ticket) bool { return t == me })
	e.changed.Broadcast()
	if err := ctx.Err(); err != nil {
		e.all.Done()
		return err
	}
	e.free--
	return nil
}

func (e *Executor) leave() {
	defer e.all.Done()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.free++
	e.changed.Broadcast()
}

func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("executor: Run without a function")
	}
	var o outcome[T]
	if err := e.enter(ctx); err != nil {
		return o.value, err
	}
	results := make(chan outcome[T], 1)
	go func() {
		defer e.leave()
		results <- call(ctx, fn)
	}()
	select {
	case o = <-results:
		return o.value, o.err
	case <-ctx.Done():
		return o.value, ctx.Err()
	}
}

func (e *Executor) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.all.Wait()
}

func call[T any](ctx context.Context, fn func(context.Context) (T, error)) (o outcome[T]) {
	defer func() {
		if p := recover(); p != nil {
			stack := make([]byte, 64<<10)
			o.err = &PanicError{Value: p, Stack: stack[:runtime.Stack(stack, false)]}
		}
	}()
	o.value, o.err = fn(ctx)
	return o
}

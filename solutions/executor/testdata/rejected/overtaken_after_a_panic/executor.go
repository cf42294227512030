// Rejected: TestFirstComeFirstServed fail: a function that panics does not hand its place to the first in line, whom a newcomer may overtake
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

type waiter struct {
	placed bool
	told   chan struct{} // room for one: look again
}

type Executor struct {
	mu     sync.Mutex
	free   int
	line   []*waiter
	closed bool
	all    sync.WaitGroup // Runs in line, and functions
}

func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: New needs at least one worker")
	}
	return &Executor{free: workers}
}

// enter gets a place, or says why there is none.
func (e *Executor) enter(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	e.all.Add(1)
	if e.free > 0 {
		e.free--
		return nil
	}
	me := &waiter{told: make(chan struct{}, 1)}
	e.line = append(e.line, me)
	for !me.placed && ctx.Err() == nil {
		if e.free > 0 && e.line[0] == me {
			e.free--
			e.line = e.line[1:]
			me.placed = true
			e.tell()
			break
		}
		e.mu.Unlock()
		select {
		case <-me.told:
		case <-ctx.Done():
		}
		e.mu.Lock()
	}
	err := ctx.Err()
	switch {
	case err == nil:
		return nil
	case me.placed:
		e.handOver()
	default:
		e.line = slices.DeleteFunc(e.line, func(w *waiter) bool { return w == me })
		e.tell() // what I was told goes for the next one
	}
	e.all.Done()
	return err
}

// handOver gives a place to the first in line.
func (e *Executor) handOver() {
	if len(e.line) == 0 {
		e.free++
		return
	}
	first := e.line[0]
	e.line = e.line[1:]
	first.placed = true
	first.tell()
	e.tell()
}

// tell has the first in line look again.
func (e *Executor) tell() {
	if len(e.line) > 0 && e.free > 0 {
		e.line[0].tell()
	}
}

func (w *waiter) tell() {
	select {
	case w.told <- struct{}{}:
	default:
	}
}

func (e *Executor) change(f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f()
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
		defer e.all.Done()
		defer func() {
			if p := recover(); p != nil {
				stack := make([]byte, 64<<10)
				results <- outcome[T]{err: &PanicError{Value: p, Stack: stack[:runtime.Stack(stack, false)]}}
				e.change(func() {
					e.free++
					e.tell()
				})
			}
		}()
		v, err := fn(ctx)
		results <- outcome[T]{v, err}
		e.change(e.handOver)
	}()
	select {
	case o = <-results:
		return o.value, o.err
	case <-ctx.Done():
		return o.value, ctx.Err()
	}
}

func (e *Executor) Close() {
	e.change(func() { e.closed = true })
	e.all.Wait()
}

// Rejected: TestEverySchedule deadlock: who leaves just as its turn comes makes the place free, and the next in line is not told

// Package executor runs blocking functions on a limited number of goroutines.
// Here the places are a number and the line is a list, both under one mutex; a
// place is handed over directly to the first in line.
package executor

import (
	"container/list"
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

// Executor hands out places.
type Executor struct {
	mu     sync.Mutex
	free   int
	line   list.List // of chan struct{}, closed when its owner has got a place
	closed bool
	users  int           // Runs and functions that have not ended
	idle   chan struct{} // closed when closed and users is 0
}

// New returns an executor of that many places.
func New(workers int) *Executor {
	if workers < 1 {
		panic(fmt.Errorf("executor: New(%d)", workers))
	}
	return &Executor{free: workers, idle: make(chan struct{})}
}

// acquire gets a place, or an error and none.
func (e *Executor) acquire(ctx context.Context) error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return ErrClosed
	}
	if err := ctx.Err(); err != nil {
		e.mu.Unlock()
		return err
	}
	e.users++
	if e.free > 0 && e.line.Len() == 0 {
		e.free--
		e.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	me := e.line.PushBack(turn)
	e.mu.Unlock()
	select {
	case <-turn:
		if ctx.Err() == nil {
			return nil
		}
		e.release()
	case <-ctx.Done():
		e.leave(me, turn)
	}
	return ctx.Err()
}

// leave takes me out of the line, or gives back the place that came meanwhile.
func (e *Executor) leave(me *list.Element, turn chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	select {
	case <-turn: // the place has come meanwhile
		e.free++
	default:
		e.line.Remove(me)
	}
	e.end()
}

func (e *Executor) release() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pass()
	e.end()
}

// pass gives a place to the first in line; mu is held.
func (e *Executor) pass() {
	if first := e.line.Front(); first != nil {
		close(e.line.Remove(first).(chan struct{}))
		return
	}
	e.free++
}

// end counts a user out; mu is held.
func (e *Executor) end() {
	if e.users--; e.users == 0 && e.closed {
		close(e.idle)
	}
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	if err := e.acquire(ctx); err != nil {
		return *new(T), err
	}
	type pair struct {
		v   T
		err error
	}
	out := make(chan pair, 1)
	go func() {
		defer e.release()
		defer func() {
			if p := recover(); p != nil {
				out <- pair{err: &PanicError{Value: p, Stack: stack()}}
			}
		}()
		v, err := fn(ctx)
		out <- pair{v, err}
	}()
	select {
	case p := <-out:
		return p.v, p.err
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
}

func stack() []byte {
	for n := 1024; ; n *= 2 {
		b := make([]byte, n)
		if got := runtime.Stack(b, false); got < n {
			return b[:got]
		}
	}
}

// Close refuses new work and waits for the rest.
func (e *Executor) Close() {
	e.mu.Lock()
	if !e.closed {
		e.closed = true
		if e.users == 0 {
			close(e.idle)
		}
	}
	e.mu.Unlock()
	<-e.idle
}

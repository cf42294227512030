// Rejected: TestFirstComeFirstServed fail: a place is announced to the first in line, not given to it, and a newcomer may take it

// Package executor runs blocking functions on a limited number of goroutines.
// Here a Run waits in line for a channel that tells it of a place.
package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

type result[T any] struct {
	v   T
	err error
}

func call[T any](ctx context.Context, fn func(context.Context) (T, error)) (r result[T]) {
	defer func() {
		if p := recover(); p != nil {
			buf := make([]byte, 1<<16)
			buf = buf[:runtime.Stack(buf, false)]
			var zero T
			r = result[T]{zero, &PanicError{p, buf}}
		}
	}()
	r.v, r.err = fn(ctx)
	return r
}

// ErrClosed is what Run returns once Close has been called.
var ErrClosed = errors.New("executor: closed")

// PanicError is what Run returns when its function panics.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("executor: the function panicked: %v", e.Value)
}

// Executor counts its places.
type Executor struct {
	mu      sync.Mutex
	running int
	workers int
	line    []chan struct{}
	closed  bool
	wg      sync.WaitGroup
}

// New returns an executor of that many places.
func New(workers int) *Executor {
	if workers < 1 {
		panic("executor.New(workers < 1)")
	}
	return &Executor{workers: workers}
}

// wake tells the first in line that there is a place; mu is locked.
func (e *Executor) wake() {
	if len(e.line) > 0 && e.running < e.workers {
		close(e.line[0])
		e.line = e.line[1:]
	}
}

func (e *Executor) enter(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return ErrClosed
	}
	e.wg.Add(1)
	for woken := false; e.running == e.workers; {
		me := make(chan struct{})
		if woken { // keep the place in front
			e.line = append([]chan struct{}{me}, e.line...)
		} else {
			e.line = append(e.line, me)
		}
		e.mu.Unlock()
		select {
		case <-me:
			woken = true
		case <-ctx.Done():
		}
		e.mu.Lock()
		if ctx.Err() != nil {
			if i := slices.Index(e.line, me); i >= 0 {
				e.line = slices.Delete(e.line, i, i+1)
			}
			break
		}
	}
	if ctx.Err() != nil {
		e.wake()
		e.wg.Done()
		return ctx.Err()
	}
	e.running++
	e.wake()
	return nil
}

func (e *Executor) exit() {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer e.wg.Done()
	e.running--
	e.wake()
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("executor.Run(nil)")
	}
	if err := e.enter(ctx); err != nil {
		return zero, err
	}
	out := make(chan result[T], 1)
	go func() {
		defer e.exit()
		out <- call(ctx, fn)
	}()
	select {
	case r := <-out:
		return r.v, r.err
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

// Close refuses new work and waits for what runs or is in line.
func (e *Executor) Close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.wg.Wait()
}

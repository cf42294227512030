// Package executor runs blocking functions on a limited number of goroutines.
// Here one goroutine owns the line and the count, and everybody else sends to it.
package executor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
)

// ErrClosed is what Run returns once Close has been called.
var ErrClosed = errors.New("executor: closed")

// PanicError is what Run returns when its function panics.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

type request struct {
	ctx  context.Context
	call func()
	skip chan struct{} // closed when the owner drops it
}

// Executor is the way to its owner.
type Executor struct {
	requests chan request
	ended    chan struct{} // one value for each function that has ended
	closing  chan struct{} // one value for each Close
	closed   chan struct{} // closed by the owner: no request is taken any more
	gone     chan struct{} // closed by the owner at its end
}

// New returns an executor that runs so many functions at a time.
func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: workers < 1")
	}
	e := &Executor{
		requests: make(chan request), ended: make(chan struct{}), closing: make(chan struct{}),
		closed: make(chan struct{}), gone: make(chan struct{}),
	}
	go e.own(workers)
	return e
}

func (e *Executor) own(free int) {
	defer close(e.gone)
	var line []request
	running := 0
	requests := e.requests
	for requests != nil || running > 0 || len(line) > 0 {
		for free > 0 && len(line) > 0 {
			r := line[0]
			line = line[1:]
			if r.ctx.Err() != nil {
				close(r.skip)
				continue
			}
			free--
			running++
			go func() {
				r.call()
				e.ended <- struct{}{}
			}()
		}
		if requests == nil && running == 0 && len(line) == 0 {
			return
		}
		select {
		case r := <-requests:
			line = append(line, r)
		case <-e.ended:
			free++
			running--
		case <-e.closing:
			if requests != nil {
				close(e.closed)
				requests = nil
			}
		}
	}
}

// Run has e call fn.
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	results := make(chan func() (T, error), 1)
	r := request{ctx: ctx, skip: make(chan struct{}), call: func() {
		defer func() {
			if p := recover(); p != nil {
				buf := make([]byte, 4096)
				failed := &PanicError{Value: p, Stack: buf[:runtime.Stack(buf, false)]}
				results <- func() (T, error) { return zero, failed }
			}
		}()
		v, err := fn(ctx)
		results <- func() (T, error) { return v, err }
	}}
	select {
	case e.requests <- r:
	case <-e.closed:
		return zero, ErrClosed
	case <-ctx.Done():
		return zero, ctx.Err()
	}
	select {
	case result := <-results:
		return result()
	case <-r.skip:
		return zero, ctx.Err()
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

// Close refuses new work and waits for the owner's end.
func (e *Executor) Close() {
	select {
	case e.closing <- struct{}{}:
	case <-e.gone:
	}
	<-e.gone
}

// Rejected: TestEverySchedule fail: Run does not look at ctx before it stands in line, and a worker is faster than it

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

func (e *PanicError) Error() string { return fmt.Sprintf("executor: panic: %v", e.Value) }

type job struct {
	ctx   context.Context
	run   func()
	taken bool
	gone  bool
}

type Executor struct {
	mu     sync.Mutex
	cond   *sync.Cond
	queue  []*job
	closed bool
	wg     sync.WaitGroup
}

func New(workers int) *Executor {
	if workers < 1 {
		panic("executor: New needs at least one worker")
	}
	e := &Executor{}
	e.cond = sync.NewCond(&e.mu)
	for range workers {
		e.wg.Go(e.work)
	}
	return e
}

func (e *Executor) work() {
	for {
		e.mu.Lock()
		for len(e.queue) == 0 && !e.closed {
			e.cond.Wait()
		}
		if len(e.queue) == 0 {
			e.mu.Unlock()
			return
		}
		j := e.queue[0]
		e.queue = e.queue[1:]
		if j.gone {
			e.mu.Unlock()
			continue
		}
		j.taken = true
		e.mu.Unlock()
		j.run()
	}
}

func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("executor: nil function")
	}
	type result struct {
		v   T
		err error
	}
	done := make(chan result, 1)
	inner, cancel := context.WithCancel(ctx)
	j := &job{ctx: ctx}
	j.run = func() {
		defer cancel()
		var r result
		defer func() {
			if p := recover(); p != nil {
				buf := make([]byte, 64<<10)
				r = result{err: &PanicError{p, buf[:runtime.Stack(buf, false)]}}
			}
			done <- r
		}()
		r.v, r.err = fn(inner)
	}
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		cancel()
		return zero, ErrClosed
	}
	e.queue = append(e.queue, j)
	e.cond.Signal()
	e.mu.Unlock()
	select {
	case r := <-done:
		return r.v, r.err
	case <-ctx.Done():
		cancel()
		e.mu.Lock()
		if !j.taken {
			j.gone = true
		}
		e.mu.Unlock()
		return zero, ctx.Err()
	}
}

func (e *Executor) Close() {
	e.mu.Lock()
	e.closed = true
	e.cond.Broadcast()
	e.mu.Unlock()
	e.wg.Wait()
}

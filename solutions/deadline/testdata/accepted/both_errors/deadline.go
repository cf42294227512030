// Package deadline cuts short what takes too long. The error for the limit also
// tells how fn's context ended.
package deadline

import (
	"context"
	"fmt"
	"time"
)

type res[T any] struct {
	v   T
	err error
}

// WaitFor calls fn and waits for it no longer than limit.
func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("deadline: fn is nil")
	}
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	c, cancel := context.WithCancel(ctx)
	defer cancel()
	over := make(chan struct{})
	defer time.AfterFunc(limit, func() {
		close(over)
		cancel()
	}).Stop()
	ch := make(chan res[T], 1)
	go func() {
		v, err := fn(c)
		ch <- res[T]{v, err}
	}()
	var r res[T]
	select {
	case r = <-ch:
	case <-c.Done():
	}
	switch {
	case ctx.Err() != nil:
		return zero, ctx.Err()
	case isClosed(over):
		return zero, fmt.Errorf("%w after %v: fn's context: %w", context.DeadlineExceeded, limit, c.Err())
	}
	return r.v, r.err
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

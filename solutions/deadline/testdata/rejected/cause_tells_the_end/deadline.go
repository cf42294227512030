// Rejected: TestContextDone fail: the cause tells whether limit has passed, and ctx may have ended with the same one.
package deadline

import (
	"context"
	"time"
)

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("deadline: fn is nil")
	}
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	t := time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
	defer t.Stop()
	type res struct {
		v   T
		err error
	}
	ch := make(chan res, 1)
	go func() {
		v, err := fn(inner)
		ch <- res{v, err}
	}()
	select {
	case r := <-ch:
		if inner.Err() == nil {
			return r.v, r.err
		}
	case <-inner.Done():
	}
	if context.Cause(inner) == context.DeadlineExceeded {
		return zero, context.DeadlineExceeded
	}
	return zero, ctx.Err()
}

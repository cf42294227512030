// Rejected: TestNotCalled leak: what waits for the end of ctx is not taken back when there is no time for fn.
package deadline

import (
	"context"
	"time"
)

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("deadline: fn is nil")
	}
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	inner, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(context.Canceled)
	stop := context.AfterFunc(ctx, func() { cancel(ctx.Err()) })
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	defer stop()
	timer := time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
	defer timer.Stop()

	type result struct {
		v   T
		err error
	}
	results := make(chan result, 1)
	go func() {
		v, err := fn(inner)
		results <- result{v, err}
	}()
	select {
	case r := <-results:
		if ctx.Err() != nil {
			return zero, ctx.Err()
		}
		if inner.Err() != nil {
			return zero, context.Cause(inner)
		}
		return r.v, r.err
	case <-inner.Done():
		return zero, context.Cause(inner)
	}
}

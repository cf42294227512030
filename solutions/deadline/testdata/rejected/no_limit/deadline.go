// Rejected: TestContextOfFn fail: a limit of a century counts as none, and fn is given ctx itself.
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
	if limit > 100*365*24*time.Hour {
		return fn(ctx)
	}
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
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
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	return zero, context.DeadlineExceeded
}

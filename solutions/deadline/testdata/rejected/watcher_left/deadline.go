// Rejected: TestOnTime leak: a goroutine sleeps until the limit, long after fn was in time.
package deadline

import (
	"context"
	"time"
)

type result[T any] struct {
	value T
	err   error
}

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("deadline: fn is nil")
	}
	var zero T
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		time.Sleep(limit)
		cancel(context.DeadlineExceeded)
	}()
	results := make(chan result[T], 1)
	go func() {
		v, err := fn(ctx)
		results <- result[T]{v, err}
	}()

	select {
	case r := <-results:
		if ctx.Err() != nil {
			return zero, ended(ctx)
		}
		return r.value, r.err
	case <-ctx.Done():
		return zero, ended(ctx)
	}
}

func ended(ctx context.Context) error {
	if context.Cause(ctx) == context.DeadlineExceeded {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

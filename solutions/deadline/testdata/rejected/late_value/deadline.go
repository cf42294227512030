// Rejected: TestPastLimit fail: returns what fn makes of the end of its context, value and error.
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

	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	results := make(chan result[T], 1)
	go func() {
		v, err := fn(ctx)
		results <- result[T]{v, err}
	}()

	select {
	case r := <-results:
		return r.value, r.err
	case <-ctx.Done():
		if r := <-results; r.err == nil {
			return r.value, ctx.Err()
		}
		return zero, ctx.Err()
	}
}

// Rejected: TestContextOfFn fail: fn's context is made from nothing: it lacks the caller's values and does not end with the caller's.
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

	inner, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	results := make(chan result[T], 1)
	go func() {
		v, err := fn(inner)
		results <- result[T]{v, err}
	}()

	select {
	case r := <-results:
		if ctx.Err() != nil {
			return zero, ctx.Err()
		}
		return r.value, r.err
	case <-inner.Done():
		return zero, inner.Err()
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

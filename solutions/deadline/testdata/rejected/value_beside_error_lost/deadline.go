// Rejected: TestOnTime fail: beside an error the value is lost.
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
		if ctx.Err() != nil {
			return zero, ctx.Err()
		}
		if r.err != nil {
			return zero, r.err
		}
		return r.value, nil
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

// Rejected: TestManyCalls race: one timer for all calls, which reset it to their own limit.
package deadline

import (
	"context"
	"time"
)

type result[T any] struct {
	value T
	err   error
}

var timer = time.NewTimer(time.Hour)

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

	timer = time.NewTimer(limit)
	inner, cancel := context.WithCancel(ctx)
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
	case <-timer.C:
		return zero, context.DeadlineExceeded
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

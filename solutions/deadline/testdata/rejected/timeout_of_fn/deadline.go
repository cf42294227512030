// Rejected: TestOnTime fail: when ctx has a deadline an fn's own DeadlineExceeded is taken for that of one that is late
package deadline

import (
	"context"
	"errors"
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
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	_, hurried := ctx.Deadline()
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	results := make(chan result[T], 1)
	go func() {
		v, err := fn(inner)
		results <- result[T]{v, err}
	}()
	select {
	case r := <-results:
		switch {
		case inner.Err() != nil:
			return zero, inner.Err()
		case hurried && errors.Is(r.err, context.DeadlineExceeded):
			return zero, context.DeadlineExceeded
		}
		return r.value, r.err
	case <-inner.Done():
		return zero, inner.Err()
	}
}

// Rejected: TestContextDone fail: one cause stands for the limit of every call, so that a WaitFor in another one's fn takes that limit for its own
package deadline

import (
	"context"
	"errors"
	"time"
)

var errLimit = errors.New("deadline: the limit has passed")

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
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer time.AfterFunc(limit, func() { cancel(errLimit) }).Stop()
	results := make(chan result[T], 1)
	go func() {
		v, err := fn(inner)
		results <- result[T]{v, err}
	}()
	select {
	case r := <-results:
		if inner.Err() == nil {
			return r.value, r.err
		}
	case <-inner.Done():
	}
	if context.Cause(inner) == errLimit {
		return zero, context.DeadlineExceeded
	}
	return zero, inner.Err()
}

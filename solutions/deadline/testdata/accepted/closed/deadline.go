// Accepted: the goroutine stores the results and closes a channel; they are read
// only after that, so that a late result is never looked at.
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
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}

	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var value T
	var err error
	returned := make(chan struct{})
	go func() {
		defer close(returned)
		value, err = fn(inner)
	}()
	select {
	case <-returned:
	case <-ctx.Done():
	case <-time.After(limit):
		return zero, context.DeadlineExceeded
	}
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	return value, err
}

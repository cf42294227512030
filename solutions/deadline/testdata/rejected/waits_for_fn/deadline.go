// Rejected: TestPastLimit fail: fn runs on the caller's goroutine: nothing cuts it short but its own good will.
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

	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	v, err := fn(ctx)
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	return v, err
}

// Rejected: TestPastLimit race: at the limit the result is read while a late fn may write it.
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

	var value T
	var err error
	returned := make(chan struct{})
	go func() {
		value, err = fn(ctx)
		close(returned)
	}()
	select {
	case <-returned:
	case <-ctx.Done():
	}
	if ctx.Err() != nil {
		err = ctx.Err()
		value = zero
	}
	return value, err
}

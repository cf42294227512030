// Rejected: TestPastLimit fail: when ctx has a deadline, the end of ctx is waited for, which may come after limit.
package deadline

import (
	"context"
	"time"
)

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("deadline: fn must not be nil")
	}
	var zero T
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()

	type result struct {
		value T
		err   error
	}
	results := make(chan result, 1)
	go func() {
		v, err := fn(ctx)
		results <- result{v, err}
	}()

	wait := ctx.Done()
	if d, ok := parent.Deadline(); ok && time.Until(d) > limit {
		wait = parent.Done()
	}
	select {
	case r := <-results:
		if err := ctx.Err(); err != nil {
			return zero, err
		}
		return r.value, r.err
	case <-wait:
		return zero, ctx.Err()
	}
}

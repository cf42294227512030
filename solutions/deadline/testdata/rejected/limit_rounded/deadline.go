// Rejected: TestPastLimit fail: the limit is rounded to whole milliseconds.
package deadline

import (
	"context"
	"time"
)

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("deadline: nil fn")
	}
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	type result struct {
		v   T
		err error
	}
	c := make(chan result, 1)
	t := time.NewTimer(max(limit.Round(time.Millisecond), 1))
	defer t.Stop()
	go func() {
		v, err := fn(inner)
		c <- result{v, err}
	}()
	select {
	case r := <-c:
		if ctx.Err() != nil {
			return zero, ctx.Err()
		}
		return r.v, r.err
	case <-ctx.Done():
		return zero, ctx.Err()
	case <-t.C:
		return zero, context.DeadlineExceeded
	}
}

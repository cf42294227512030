// Rejected: TestContextDone fail: a ctx that has a deadline sooner than limit is taken to end there: its cancellation is not heard.

package deadline

import (
	"context"
	"time"
)

func check(fnNil bool) {
	if fnNil {
		panic("deadline: WaitFor needs a function, fn is nil")
	}
}

type res[T any] struct {
	v   T
	err error
}

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	check(fn == nil)
	if err := ctx.Err(); err != nil {
		return zero, err
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	c, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := c.Done()
	if d, ok := ctx.Deadline(); ok && time.Until(d) < limit {
		limit = time.Until(d)
		done = nil
	}
	t := time.NewTimer(limit)
	defer t.Stop()
	ch := make(chan res[T], 1)
	go func() {
		v, err := fn(c)
		ch <- res[T]{v, err}
	}()
	select {
	case r := <-ch:
		if c.Err() != nil {
			return zero, c.Err()
		}
		return r.v, r.err
	case <-done:
		return zero, c.Err()
	case <-t.C:
		return zero, context.DeadlineExceeded
	}
}

// Rejected: TestCancelledAtAnyMoment fail: the error is only the cause of the cancellation when the result is there, too.

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
	ch := make(chan res[T], 1)
	go func() {
		v, err := fn(c)
		ch <- res[T]{v, err}
	}()
	select {
	case r := <-ch:
		if c.Err() != nil {
			return zero, context.Cause(c)
		}
		return r.v, r.err
	case <-c.Done():
		return zero, c.Err()
	}
}

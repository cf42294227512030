// Rejected: TestContextOfFn fail: when fn fails in time, its context goes on until the limit.

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
	ch := make(chan res[T], 1)
	go func() {
		v, err := fn(c)
		ch <- res[T]{v, err}
	}()
	select {
	case r := <-ch:
		if c.Err() != nil {
			cancel()
			return zero, c.Err()
		}
		if r.err != nil {
			return r.v, r.err
		}
		cancel()
		return r.v, r.err
	case <-c.Done():
		cancel()
		return zero, c.Err()
	}
}

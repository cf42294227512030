// Rejected: TestOnTime fail|panic: fn's result travels as an any, and asserting T of a nil interface panics.

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
	ch := make(chan res[any], 1)
	go func() {
		v, err := fn(c)
		ch <- res[any]{v, err}
	}()
	select {
	case r := <-ch:
		if c.Err() != nil {
			return zero, c.Err()
		}
		return r.v.(T), r.err
	case <-c.Done():
		return zero, c.Err()
	}
}

// Rejected: TestOnTime fail: a result that comes before anybody waits for it is thrown away.
package deadline

import (
	"context"
	"time"
)

type result[T any] struct {
	value T
	err   error
}

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("deadline: fn is nil")
	}
	var none result[T]
	switch {
	case ctx.Err() != nil:
		return none.value, ctx.Err()
	case limit <= 0:
		return none.value, context.DeadlineExceeded
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan result[T])
	go func() {
		var r result[T]
		r.value, r.err = fn(inner)
		select {
		case done <- r:
		default: // nobody waits any more
		}
	}()
	select {
	case r := <-done:
		if ctx.Err() == nil {
			return r.value, r.err
		}
		return none.value, ctx.Err()
	case <-timer.C:
		return none.value, context.DeadlineExceeded
	case <-ctx.Done():
		return none.value, ctx.Err()
	}
}

// Rejected: TestOnTime leak: a goroutine looks every second whether the call is over, and stays until it has.
package deadline

import (
	"context"
	"sync/atomic"
	"time"
)

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	if fn == nil {
		panic("deadline: fn is nil")
	}
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}
	inner, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var over atomic.Bool
	defer over.Store(true)
	go func() {
		for range 600 {
			time.Sleep(time.Second)
			if over.Load() {
				return
			}
		}
	}()
	type res struct {
		v   T
		err error
	}
	ch := make(chan res, 1)
	go func() {
		v, err := fn(inner)
		ch <- res{v, err}
	}()
	select {
	case r := <-ch:
		if inner.Err() == nil {
			return r.v, r.err
		}
	case <-inner.Done():
	}
	return zero, inner.Err()
}

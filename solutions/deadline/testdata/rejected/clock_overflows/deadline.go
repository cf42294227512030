// Rejected: TestOnTime leak: the end of a long limit is a time before all others.

// Package deadline cuts short what takes too long.
package deadline

import (
	"context"
	"time"
)

// WaitFor returns what fn returns, or the zero T and an error when limit passes
// or ctx is done first. It never waits longer than that for fn.
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
	end := time.Now().UnixNano() + int64(limit)
	ctx, cancel := context.WithDeadline(ctx, time.Unix(0, end))
	defer cancel() // the timer goes, and fn learns that nobody waits for it

	type result struct {
		value T
		err   error
	}
	// Room for one result, so that a late fn can leave it there and end, though
	// nobody comes for it. Without that room its goroutine would wait for ever.
	results := make(chan result, 1)
	go func() {
		v, err := fn(ctx)
		results <- result{v, err}
	}()

	select {
	case r := <-results:
		// fn may have returned because ctx is done. Then both cases were ready,
		// and select chose this one by chance.
		if err := ctx.Err(); err != nil {
			return zero, err
		}
		return r.value, r.err
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

// Rejected: TestPastLimit fail: a late result is dropped when ctx is done, but not when limit has passed.

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
	parent := ctx
	ctx, cancel := context.WithTimeout(parent, limit)
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
		// fn may have returned because the caller has left.
		if err := parent.Err(); err != nil {
			return zero, err
		}
		return r.value, r.err
	case <-ctx.Done():
		return zero, ctx.Err()
	}
}

// Package deadline cuts short what takes too long.
package deadline

import (
	"context"
	"time"
)

// WaitFor calls fn and returns what it returns, as soon as it does, when that comes
// within limit.
//
// When limit passes first, WaitFor returns the zero T and
// context.DeadlineExceeded at that moment, even if fn takes no notice of its
// context. When ctx is done first, WaitFor returns the zero T and ctx's error at
// once. A result that comes later is dropped, also one that fn returns because
// its context is done, and fn's goroutine then ends.
//
// fn's context is derived from ctx and is done when limit has passed or WaitFor
// has returned.
//
// fn is not called when ctx is done already (ctx's error, whatever limit is) or
// else when limit <= 0 (context.DeadlineExceeded). WaitFor panics when fn is nil.
func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	return zero, nil
}

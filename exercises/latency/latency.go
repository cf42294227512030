// Package latency is about the time that a processor waits for an answer: how
// many requests fill it, and how to ask again before the first answer is in.
package latency

import (
	"context"
	"time"
)

// InFlight returns the fewest requests in flight that keep one CPU busy, when
// each of them needs work of CPU time and then waits latency: 1 +
// ceil(latency/work). It panics when work <= 0 or latency < 0.
func InFlight(latency, work time.Duration) int {
	return 0
}

// Hedged returns the value of the replica that succeeds first. It calls the
// first replica, and the next one each time patience has passed since the latest
// call, or as soon as any replica fails, which restarts patience. After the last
// call nothing is timed.
//
// The first success wins at once: Hedged does not wait for the others. Their
// contexts, derived from ctx, are cancelled when it returns, and each goroutine
// ends as soon as its replica does.
//
// When all replicas have failed, it returns an error that joins theirs, and
// without replicas an error. When ctx is done it returns ctx's error at once and
// calls no replica any more. A nil replica makes it panic before any call.
func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	return none, nil
}

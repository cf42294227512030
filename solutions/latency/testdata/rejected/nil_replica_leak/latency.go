// Rejected: TestRefused leak: over a nil replica Hedged panics without cancelling the context that it has derived.

package latency

import (
	"context"
	"errors"
	"time"
)

// InFlight returns the fewest requests in flight that keep one CPU busy, when
// each of them needs work of CPU time and then waits latency: 1 +
// ceil(latency/work). It panics when work <= 0 or latency < 0.
func InFlight(latency, work time.Duration) int {
	if work <= 0 || latency < 0 {
		panic("latency: InFlight needs work > 0 and latency >= 0")
	}
	others := latency / work // that work while one waits
	if latency%work > 0 {
		others++
	}
	return 1 + int(others)
}

// Hedged returns the value of the replica that succeeds first. It calls the
// first replica, and the next one each time patience has passed since the latest
// call, or as soon as any replica fails, which restarts patience.
//
// The first success wins at once: Hedged does not wait for the others. Their
// contexts are cancelled when it returns.
//
// When all replicas have failed, it returns an error that joins theirs, and
// without replicas an error. When ctx is done it returns ctx's error at once and
// calls no replica any more. A nil replica makes it panic before any call.
func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	if len(replicas) == 0 {
		return none, errors.New("latency: Hedged has no replica to call")
	}
	calls, cancel := context.WithCancel(ctx)
	for _, r := range replicas {
		if r == nil {
			panic("latency: a replica of Hedged is nil")
		}
	}
	defer cancel() // tells the losers
	if err := ctx.Err(); err != nil {
		return none, err
	}

	type result struct {
		value T
		err   error
	}
	// Room for every result: who comes late finds nobody that receives.
	results := make(chan result, len(replicas))
	waiting := replicas // not called yet
	overdue := time.NewTimer(patience)
	defer overdue.Stop()
	next := func() {
		if len(waiting) == 0 {
			return
		}
		replica := waiting[0]
		waiting = waiting[1:]
		go func() {
			value, err := replica(calls)
			results <- result{value, err}
		}()
		overdue.Reset(patience)
	}

	next()
	var errs []error
	for len(errs) < len(replicas) {
		select {
		case r := <-results:
			if r.err == nil {
				return r.value, nil
			}
			errs = append(errs, r.err)
		case <-overdue.C:
		case <-ctx.Done():
		}
		// Asked whatever came: a replica may have failed because ctx is done,
		// and select picks at random among what is ready.
		if err := ctx.Err(); err != nil {
			return none, err
		}
		next()
	}
	return none, errors.Join(errs...)
}

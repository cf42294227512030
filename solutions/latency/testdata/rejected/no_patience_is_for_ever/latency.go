// Rejected: TestWhenCalled fail: with a patience of 0 nobody is called until the first one fails.

package latency

import (
	"context"
	"errors"
	"time"
)

func InFlight(latency, work time.Duration) int {
	if work <= 0 || latency < 0 {
		panic("latency: InFlight needs work > 0 and latency >= 0")
	}
	others := latency / work
	if latency%work > 0 {
		others++
	}
	return 1 + int(others)
}

func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	if len(replicas) == 0 {
		return none, errors.New("latency: Hedged has no replica to call")
	}
	for _, r := range replicas {
		if r == nil {
			panic("latency: a replica of Hedged is nil")
		}
	}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	calls, cancel := context.WithCancel(ctx)
	defer cancel()

	type result struct {
		value T
		err   error
	}
	results := make(chan result, len(replicas))
	waiting := replicas
	overdue := time.NewTimer(patience)
	defer overdue.Stop()
	due := overdue.C
	if patience == 0 {
		due = nil
	}
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
		case <-due:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return none, err
		}
		next()
	}
	return none, errors.Join(errs...)
}

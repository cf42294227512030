// Rejected: TestLosers leak: when all replicas have failed nobody cancels their context.

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
	return 1 + int((latency+work-1)/work)
}

type result[T any] struct {
	value T
	err   error
}

func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	if len(replicas) == 0 {
		return none, errors.New("latency: no replicas")
	}
	for _, r := range replicas {
		if r == nil {
			panic("latency: nil replica")
		}
	}
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	calls, cancel := context.WithCancel(ctx)
	results := make(chan result[T], len(replicas))
	called := 0
	var overdue <-chan time.Time
	next := func() {
		if called == len(replicas) {
			return
		}
		replica := replicas[called]
		go func() {
			value, err := replica(calls)
			results <- result[T]{value, err}
		}()
		called++
		overdue = time.After(patience)
	}
	next()
	var errs []error
	for len(errs) < len(replicas) {
		select {
		case r := <-results:
			if r.err == nil {
				cancel()
				return r.value, nil
			}
			errs = append(errs, r.err)
		case <-overdue:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			cancel()
			return none, ctx.Err()
		}
		next()
	}
	return none, errors.Join(errs...)
}

// Rejected: TestWhenCalled fail: of failures that coincide some are forgotten, and the next replica waits for the end of patience.

package latency

import (
	"context"
	"errors"
	"sync"
	"time"
)

// InFlight returns the fewest requests in flight that keep one CPU busy.
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

// Hedged returns the value of the replica that succeeds first.
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

	var mu sync.Mutex
	var errs []error
	won := make(chan T, len(replicas))
	lost := make(chan struct{})     // closed when all have failed
	hurry := make(chan struct{}, 2) // one failure may come while another one is answered
	run := func(replica func(context.Context) (T, error)) {
		value, err := replica(calls)
		if err == nil {
			won <- value
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if errs = append(errs, err); len(errs) == len(replicas) {
			close(lost)
		}
		select {
		case hurry <- struct{}{}:
		default:
		}
	}
	overdue := time.NewTimer(patience)
	defer overdue.Stop()
	for _, replica := range replicas {
		go run(replica)
		overdue.Reset(patience)
		select {
		case value := <-won:
			return value, nil
		case <-hurry:
		case <-overdue.C:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return none, err
		}
	}
	select {
	case value := <-won:
		return value, nil
	case <-lost:
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	return none, errors.Join(errs...)
}

// Rejected: TestInFlight fail: a wait that is shorter than the work counts as none.
package latency

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func InFlight(latency, work time.Duration) int {
	if work <= 0 {
		panic("latency: work must be positive")
	}
	if latency < 0 {
		panic("latency: latency must not be negative")
	}
	n := latency / work
	if latency > work && latency%work != 0 {
		n++
	}
	return int(n) + 1
}

type answer[T any] struct {
	value T
	err   error
}

func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	for i, replica := range replicas {
		if replica == nil {
			panic(fmt.Sprintf("latency: replica %d is nil", i))
		}
	}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if len(replicas) == 0 {
		return none, errors.New("latency: no replicas")
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answer[T], len(replicas))
	timer := time.NewTimer(patience)
	defer timer.Stop()
	called := 0
	call := func() {
		if called == len(replicas) {
			return
		}
		replica := replicas[called]
		called++
		go func() {
			value, err := replica(inner)
			answers <- answer[T]{value, err}
		}()
		timer.Reset(patience)
	}
	call()
	var failures []error
	for len(failures) < len(replicas) {
		select {
		case a := <-answers:
			if err := ctx.Err(); err != nil {
				return none, err
			}
			if a.err == nil {
				return a.value, nil
			}
			failures = append(failures, a.err)
			call()
		case <-timer.C:
			if err := ctx.Err(); err != nil {
				return none, err
			}
			call()
		case <-ctx.Done():
			return none, ctx.Err()
		}
	}
	return none, errors.Join(failures...)
}

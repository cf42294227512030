// Accepted: a call is a goroutine that starts the next one when its patience or the one before it ends.

package latency

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func InFlight(latency, work time.Duration) int {
	if work <= 0 || latency < 0 {
		panic("latency: InFlight needs work > 0 and latency >= 0")
	}
	return 1 + int((latency+work-1)/work)
}

type asked[T any] struct {
	ctx      context.Context // of the caller
	running  context.Context // of the replicas
	patience time.Duration
	won      chan T
	lost     chan error
	failed   chan struct{} // a token for each failure not yet answered by a call
}

// from calls the first of replicas and sees to it that the others follow.
func (a *asked[T]) from(replicas []func(context.Context) (T, error)) {
	if len(replicas) == 0 || a.ctx.Err() != nil {
		return
	}
	go func() {
		value, err := replicas[0](a.running)
		if err == nil {
			a.won <- value
			return
		}
		if a.ctx.Err() == nil {
			a.failed <- struct{}{}
		}
		a.lost <- err
	}()
	if len(replicas) == 1 {
		return
	}
	timer := time.NewTimer(a.patience)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-a.failed:
	case <-a.running.Done():
		return
	}
	a.from(replicas[1:])
}

func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	n := len(replicas)
	if n == 0 {
		return none, errors.New("latency: no replicas")
	}
	for i, r := range replicas {
		if r == nil {
			panic(fmt.Sprintf("latency: replica %d is nil", i))
		}
	}
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	a := &asked[T]{ctx, running, patience, make(chan T, n), make(chan error, n), make(chan struct{}, n)}
	go a.from(replicas)
	var joined error
	for range n {
		select {
		case <-ctx.Done():
			return none, fmt.Errorf("latency: gave up: %w", ctx.Err())
		case value := <-a.won:
			return value, nil
		case err := <-a.lost:
			joined = errors.Join(joined, err)
		}
		if ctx.Err() != nil {
			return none, ctx.Err()
		}
	}
	return none, fmt.Errorf("latency: all %d replicas failed: %w", n, joined)
}

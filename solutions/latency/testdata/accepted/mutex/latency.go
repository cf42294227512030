// Accepted: no loop: a mutex, a timer that calls the next one, and one channel for the end.

package latency

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"
)

func InFlight(latency, work time.Duration) int {
	if work <= 0 || latency < 0 {
		panic("latency: needs work > 0 and latency >= 0")
	}
	return 1 + int(math.Ceil(float64(latency)/float64(work)))
}

type hedge[T any] struct {
	ctx, calls context.Context
	patience   time.Duration
	replicas   []func(context.Context) (T, error)

	mu      sync.Mutex
	called  int
	timer   *time.Timer
	errs    []error
	value   T
	err     error
	decided chan struct{}
	over    bool
}

// next calls one more replica; mu is held.
func (h *hedge[T]) next() {
	if h.over || h.ctx.Err() != nil || h.called == len(h.replicas) {
		return
	}
	if h.timer != nil {
		h.timer.Stop()
	}
	mine := h.called
	h.called++
	go func() { h.result(h.replicas[mine](h.calls)) }()
	if h.called == len(h.replicas) {
		return
	}
	h.timer = time.AfterFunc(h.patience, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.called == mine+1 {
			h.next()
		}
	})
}

func (h *hedge[T]) result(value T, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil {
		h.decide(value, nil)
		return
	}
	h.errs = append(h.errs, err)
	switch {
	case h.ctx.Err() != nil:
		h.decide(value, h.ctx.Err())
	case len(h.errs) == len(h.replicas):
		h.decide(value, errors.Join(h.errs...))
	default:
		h.next()
	}
}

// decide keeps the first outcome; mu is held.
func (h *hedge[T]) decide(value T, err error) {
	if h.over {
		return
	}
	h.over, h.value, h.err = true, value, err
	if h.timer != nil {
		h.timer.Stop()
	}
	close(h.decided)
}

func Hedged[T any](ctx context.Context, patience time.Duration, replicas ...func(context.Context) (T, error)) (T, error) {
	var none T
	for _, r := range replicas {
		if r == nil {
			panic("latency: nil replica")
		}
	}
	if len(replicas) == 0 {
		return none, errors.New("latency: no replicas")
	}
	calls, cancel := context.WithCancel(ctx)
	defer cancel()
	h := &hedge[T]{ctx: ctx, calls: calls, patience: patience, replicas: replicas, decided: make(chan struct{})}
	h.mu.Lock()
	h.next()
	h.mu.Unlock()
	select {
	case <-h.decided:
	case <-ctx.Done():
		h.mu.Lock()
		h.decide(none, ctx.Err())
		h.mu.Unlock()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.value, h.err
}

// Accepted: a result that is settled once, under a lock, by whoever comes first:
// fn or the end of its context.
package deadline

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type promise[T any] struct {
	ctx context.Context

	mu      sync.Mutex
	settled chan struct{} // closed with value and err in place, once
	value   T
	err     error
}

// resolve settles p with fn's results, unless the context has ended before.
func (p *promise[T]) resolve(v T, err error) {
	if p.ctx.Err() != nil {
		return
	}
	p.settle(v, err)
}

func (p *promise[T]) expire() {
	var zero T
	p.settle(zero, fmt.Errorf("deadline: %w", p.ctx.Err()))
}

func (p *promise[T]) settle(v T, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.settled:
	default:
		p.value, p.err = v, err
		close(p.settled)
	}
}

func WaitFor[T any](ctx context.Context, limit time.Duration, fn func(context.Context) (T, error)) (T, error) {
	if fn == nil {
		panic("deadline: fn is nil")
	}
	var zero T
	if ctx.Err() != nil {
		return zero, ctx.Err()
	}
	if limit <= 0 {
		return zero, context.DeadlineExceeded
	}

	ctx, cancel := context.WithDeadline(ctx, time.Now().Add(limit))
	defer cancel()
	p := &promise[T]{ctx: ctx, settled: make(chan struct{})}
	defer context.AfterFunc(ctx, p.expire)()
	go func() { p.resolve(fn(ctx)) }()
	<-p.settled
	return p.value, p.err
}

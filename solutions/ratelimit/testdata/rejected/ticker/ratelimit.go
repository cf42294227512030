// Rejected: TestMoveUp leak: a goroutine of New fills the bucket for ever.

package ratelimit

import (
	"context"
	"time"
)

type Limiter struct {
	tokens chan struct{}
}

func New(perSecond float64, burst int) *Limiter {
	if !(perSecond > 0) || burst < 1 {
		panic("ratelimit: New needs perSecond > 0 and burst >= 1")
	}
	l := &Limiter{tokens: make(chan struct{}, burst)}
	for range burst {
		l.tokens <- struct{}{}
	}
	go func() {
		for range time.Tick(time.Duration(float64(time.Second) / perSecond)) {
			select {
			case l.tokens <- struct{}{}:
			default:
			}
		}
	}()
	return l
}

func (l *Limiter) Allow() bool {
	select {
	case <-l.tokens:
		return true
	default:
		return false
	}
}

func (l *Limiter) Wait(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	select {
	case <-l.tokens:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

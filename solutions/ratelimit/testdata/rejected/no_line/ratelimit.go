// Rejected: TestInOrder fail: all who wait wake up for the same token, and whoever is fastest has it.

package ratelimit

import (
	"context"
	"math"
	"sync"
	"time"
)

type Limiter struct {
	perSecond float64
	burst     int

	mu    sync.Mutex
	full  time.Time
	taken int
	line  []chan struct{}
}

func New(perSecond float64, burst int) *Limiter {
	if !(perSecond > 0) || burst < 1 {
		panic("ratelimit: New needs perSecond > 0 and burst >= 1")
	}
	return &Limiter{perSecond: perSecond, burst: burst, full: time.Now()}
}

func (l *Limiter) Allow() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refill().Before(l.due(len(l.line) + 1)) {
		return false
	}
	l.taken++
	return true
}

func (l *Limiter) Wait(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if l.Allow() {
			return nil
		}
		l.mu.Lock()
		due := l.due(1)
		l.mu.Unlock()
		if end, ok := ctx.Deadline(); ok && end.Before(due) {
			return context.DeadlineExceeded
		}
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
		}
	}
}

func (l *Limiter) refill() (now time.Time) {
	now = time.Now()
	if len(l.line) == 0 && !now.Before(l.due(l.burst)) {
		l.full, l.taken = now, 0
	}
	return now
}

func (l *Limiter) due(k int) time.Time {
	missing := l.taken + k - l.burst
	wait := float64(missing) / l.perSecond * float64(time.Second)
	return l.full.Add(time.Duration(math.Ceil(min(wait, 1<<62))))
}

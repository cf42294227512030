// Rejected: TestContext fail: a hopeless Wait stands in line until its deadline.

package ratelimit

import (
	"context"
	"math"
	"slices"
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
	turn, err := l.join(ctx)
	if turn == nil {
		return err
	}
	select {
	case <-turn:
		err = l.waitFirst(ctx)
	case <-ctx.Done():
		err = ctx.Err()
	}
	l.leave(turn, err == nil)
	return err
}

func (l *Limiter) join(ctx context.Context) (turn chan struct{}, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.refill()
	due := l.due(len(l.line) + 1)
	if len(l.line) == 0 && !now.Before(due) {
		l.taken++
		return nil, nil
	}
	turn = make(chan struct{})
	l.line = append(l.line, turn)
	if len(l.line) == 1 {
		close(turn)
	}
	return turn, nil
}

func (l *Limiter) waitFirst(ctx context.Context) error {
	l.mu.Lock()
	due := l.due(1)
	l.mu.Unlock()
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Limiter) leave(turn chan struct{}, served bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if served {
		l.taken++
	}
	at := slices.Index(l.line, turn)
	l.line = slices.Delete(l.line, at, at+1)
	if at == 0 && len(l.line) > 0 {
		close(l.line[0])
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

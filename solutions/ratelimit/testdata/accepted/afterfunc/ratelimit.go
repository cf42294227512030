// Accepted: no goroutine at all: a timer function hands out the tokens.

package ratelimit

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

type place struct{ served chan struct{} }

type Limiter struct {
	mu     sync.Mutex
	period float64 // ns
	room   float64 // ns, the time in which an empty bucket fills up
	empty  float64 // ns since start: when the bucket would have been empty
	start  time.Time
	line   []*place
	timer  *time.Timer
}

func New(perSecond float64, burst int) *Limiter {
	switch {
	case perSecond > 0 && burst > 0:
		period := 1e9 / perSecond
		return &Limiter{period: period, room: period * float64(burst), empty: -period * float64(burst), start: time.Now()}
	case burst < 1:
		panic("ratelimit: burst < 1")
	}
	panic("ratelimit: perSecond must be a number > 0")
}

// wait returns how long it takes until the bucket holds n tokens.
func (l *Limiter) wait(n int) time.Duration {
	now := float64(time.Since(l.start))
	if len(l.line) == 0 { // else tokens beyond are on their way to somebody
		l.empty = max(l.empty, now-l.room)
	}
	return time.Duration(math.Ceil(l.empty + float64(n)*l.period - now - 0.25))
}

func (l *Limiter) Allow() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wait(len(l.line)+1) > 0 {
		return false
	}
	l.empty += l.period
	return true
}

// serve gives tokens to those in line and sets the timer for the rest of them.
func (l *Limiter) serve() {
	for len(l.line) > 0 && l.wait(1) <= 0 {
		l.empty += l.period
		close(l.line[0].served)
		l.line = l.line[1:]
	}
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	if len(l.line) > 0 {
		l.timer = time.AfterFunc(l.wait(1), func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.serve()
		})
	}
}

func (l *Limiter) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	due := l.wait(len(l.line) + 1)
	if end, ok := ctx.Deadline(); ok && time.Until(end) < due {
		l.mu.Unlock()
		return context.DeadlineExceeded
	}
	p := &place{make(chan struct{})}
	l.line = append(l.line, p)
	l.serve()
	l.mu.Unlock()
	select {
	case <-p.served:
		return nil
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		at := slices.Index(l.line, p)
		if at < 0 {
			return nil // served at the same moment
		}
		l.line = slices.Delete(l.line, at, at+1)
		l.serve()
		return ctx.Err()
	}
}

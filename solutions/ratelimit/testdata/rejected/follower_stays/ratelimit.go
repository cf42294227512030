// Rejected: TestMoveUp leak: what waits for the end of ctx stays when there was a token at once, or no hope.

package ratelimit

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
)

// Limiter is a bucket of tokens, one for each request. Its methods may be called
// from any number of goroutines at the same time.
type Limiter struct {
	perSecond float64
	burst     int

	mu sync.Mutex // guards what follows, and is never held while anybody waits
	// The bucket was full at one moment, and since then so many tokens were
	// taken. All times are computed from these two: a sum of many rounded
	// periods would drift off.
	full  time.Time
	taken int
	// Those who wait, first come first; the first one's channel is closed.
	line []chan struct{}
}

// New returns a limiter whose bucket is full: it holds burst tokens, is refilled
// continuously at perSecond tokens a second, and never holds more than burst. It
// panics when perSecond is not positive, or not a number, or when burst < 1.
func New(perSecond float64, burst int) *Limiter {
	if !(perSecond > 0) || burst < 1 { // NaN is not > 0 either
		panic("ratelimit: New needs perSecond > 0 and burst >= 1")
	}
	return &Limiter{perSecond: perSecond, burst: burst, full: time.Now()}
}

// Allow takes a token that is there and that nobody in line is due, and says
// whether there was one.
func (l *Limiter) Allow() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refill().Before(l.due(len(l.line) + 1)) {
		return false
	}
	l.taken++
	return true
}

// Wait takes a token as soon as there is one. Those who wait stand in line, in
// order of arrival.
//
// When ctx is done, before or while it waits, Wait takes no token and returns
// ctx's error at once; so it does with context.DeadlineExceeded when ctx has a
// deadline that comes before the token is due, those ahead in line counted.
func (l *Limiter) Wait(ctx context.Context) error {
	gone := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(gone) })
	turn, err := l.join(ctx)
	if turn == nil {
		return err
	}
	defer stop()
	select {
	case <-turn:
		err = l.waitFirst(ctx, gone)
	case <-gone:
		err = ctx.Err()
	}
	l.leave(turn, err == nil)
	return err
}

// join puts the caller in line, unless there is a token, or no hope.
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
	if end, ok := ctx.Deadline(); ok && end.Before(due) {
		return nil, fmt.Errorf("ratelimit: the token is due too late: %w", context.DeadlineExceeded)
	}
	turn = make(chan struct{})
	l.line = append(l.line, turn)
	if len(l.line) == 1 {
		close(turn)
	}
	return turn, nil
}

// waitFirst waits for the next token on behalf of the first in line.
func (l *Limiter) waitFirst(ctx context.Context, gone <-chan struct{}) error {
	l.mu.Lock()
	due := l.due(1)
	l.mu.Unlock()
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-gone:
		return ctx.Err()
	}
}

// leave takes turn out of the line, with a token or without one, and passes the
// first place on. That is one step: one who leaves just as it becomes the first
// would otherwise take the place along, and all behind would wait for ever.
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

// refill returns the time, and notes when the bucket is full again: not while a
// token is on its way to somebody in line, who may be late to fetch it. mu is
// held.
func (l *Limiter) refill() (now time.Time) {
	now = time.Now()
	if len(l.line) == 0 && !now.Before(l.due(l.burst)) {
		l.full, l.taken = now, 0
	}
	return now
}

// due is when the bucket holds k tokens, if nobody takes any. mu is held.
func (l *Limiter) due(k int) time.Time {
	missing := l.taken + k - l.burst // when the bucket was full
	wait := float64(missing) / l.perSecond * float64(time.Second)
	return l.full.Add(time.Duration(math.Ceil(min(wait, 1<<62))))
}

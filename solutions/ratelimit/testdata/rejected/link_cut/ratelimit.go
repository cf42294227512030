// Rejected: TestMoveUp fail: whoever goes past one that has left cuts its link, and the next behind takes itself for the first.

package ratelimit

import (
	"context"
	"math"
	"time"
)

// Limiter is a bucket of tokens.
type Limiter struct {
	tokens chan bucket // whoever has taken it out looks and puts it back
	rate   float64
	burst  int
}

type bucket struct {
	full    time.Time // when it was
	taken   int       // tokens since
	waiting int       // how many stand in line
	last    *link     // in line; it may have left
}

// link is a place in line. One of its channels is closed in the end.
type link struct {
	ahead  *link         // nil for the first
	passed chan struct{} // it was the first, and is no more
	skip   chan struct{} // it has left before it was the first: ahead has the place now
}

// New returns a limiter whose bucket is full.
func New(perSecond float64, burst int) *Limiter {
	switch {
	case !(perSecond > 0):
		panic("ratelimit: New: perSecond is not a number above 0")
	case burst < 1:
		panic("ratelimit: New: burst is less than 1")
	}
	l := &Limiter{make(chan bucket, 1), perSecond, burst}
	l.tokens <- bucket{full: time.Now()}
	return l
}

// due is when b holds k tokens.
func (l *Limiter) due(b bucket, k int) time.Time {
	seconds := float64(b.taken+k-l.burst) / l.rate
	switch {
	case seconds > 9e9: // some 285 years, about as far as a Duration reaches
		seconds = 9e9
	case seconds < -9e9:
		seconds = -9e9
	}
	return b.full.Add(time.Duration(math.Ceil(seconds * 1e9)))
}

// open takes the bucket out.
func (l *Limiter) open() (b bucket, now time.Time) {
	b = <-l.tokens
	now = time.Now()
	if b.waiting == 0 && !now.Before(l.due(b, l.burst)) {
		b.full, b.taken = now, 0
	}
	return b, now
}

// Allow takes a token that nobody in line is due.
func (l *Limiter) Allow() (ok bool) {
	b, now := l.open()
	if ok = !now.Before(l.due(b, b.waiting+1)); ok {
		b.taken++
	}
	l.tokens <- b
	return ok
}

// Wait takes a token as soon as there is one.
func (l *Limiter) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	me := &link{passed: make(chan struct{}), skip: make(chan struct{})}
	b, now := l.open()
	due := l.due(b, b.waiting+1)
	switch end, limited := ctx.Deadline(); {
	case b.waiting == 0 && !now.Before(due):
		b.taken++
		l.tokens <- b
		return nil
	case limited && end.Before(due):
		l.tokens <- b
		return context.DeadlineExceeded
	}
	if b.waiting > 0 {
		me.ahead = b.last
	}
	b.last = me
	b.waiting++
	l.tokens <- b

	for ahead := me.ahead; ahead != nil; {
		select {
		case <-ahead.passed:
			ahead = nil
		case <-ahead.skip:
			left := ahead
			ahead, left.ahead = left.ahead, nil // a long line of those that left is garbage
		case <-ctx.Done():
			l.leave(0)
			close(me.skip)
			return ctx.Err()
		}
	}
	me.ahead = nil
	b = <-l.tokens
	due = l.due(b, 1)
	l.tokens <- b
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	defer close(me.passed)
	select {
	case <-timer.C:
		l.leave(1)
		return nil
	case <-ctx.Done():
		l.leave(0)
		return ctx.Err()
	}
}

// leave takes one out of the count of those that wait, and tokens with it.
func (l *Limiter) leave(tokens int) {
	b := <-l.tokens
	b.waiting--
	b.taken += tokens
	if b.waiting == 0 {
		b.last = nil
	}
	l.tokens <- b
}

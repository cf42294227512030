// Rejected: TestNobodyStarves fail: a sleep is cut at an hour, and its end taken for that of the timer.
package eventloop

import (
	"context"
	"errors"
	"sort"
	"sync"
	"time"
)

var ErrClosed = errors.New("eventloop: closed")

type timer struct {
	due  time.Time
	seq  int
	fn   func()
	dead bool
}

type Loop struct {
	mu     sync.Mutex
	queue  []func()
	timers []*timer
	seq    int
	closed bool
	turn   bool
	wake   chan struct{}
}

func New() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

func (l *Loop) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *Loop) Post(fn func()) error {
	if fn == nil {
		panic("eventloop: nil fn")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrClosed
	}
	l.queue = append(l.queue, fn)
	l.signal()
	return nil
}

func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: nil fn")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return func() {}
	}
	l.seq++
	t := &timer{due: time.Now().Add(max(d, 0)), seq: l.seq, fn: fn}
	l.timers = append(l.timers, t)
	sort.Slice(l.timers, func(i, j int) bool {
		a, b := l.timers[i], l.timers[j]
		if a.due.Equal(b.due) {
			return a.seq < b.seq
		}
		return a.due.Before(b.due)
	})
	l.signal()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		t.dead = true
	}
}

// next returns the next callback, or how long to sleep.
func (l *Loop) next() (fn func(), sleep time.Duration, over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		l.timers = nil
	}
	for len(l.timers) > 0 && l.timers[0].dead {
		l.timers = l.timers[1:]
	}
	sleep = time.Hour
	if len(l.timers) > 0 {
		sleep = time.Until(l.timers[0].due)
	}
	l.turn = !l.turn
	if sleep <= 0 && (l.turn || len(l.queue) == 0) {
		fn = l.timers[0].fn
		l.timers = l.timers[1:]
		return fn, 0, false
	}
	if len(l.queue) > 0 {
		fn = l.queue[0]
		l.queue = l.queue[1:]
		return fn, 0, false
	}
	return nil, sleep, l.closed
}

func (l *Loop) Run(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		fn, sleep, over := l.next()
		if over {
			return nil
		}
		if fn != nil {
			fn()
			continue
		}
		alarm := time.NewTimer(min(sleep, 6*time.Hour))
		select {
		case <-alarm.C:
			l.mu.Lock()
			if !l.closed && len(l.timers) > 0 && !l.timers[0].dead {
				l.timers[0].due = time.Now() // that is what it rang for
			}
			l.mu.Unlock()
		case <-l.wake:
		case <-ctx.Done():
		}
		alarm.Stop()
	}
}

func (l *Loop) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.signal()
}

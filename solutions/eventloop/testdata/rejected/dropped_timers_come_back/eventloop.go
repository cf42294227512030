// Rejected: TestEnd panic: Close empties the list, but a dropped timer that is then cancelled puts its neighbour back.

// Package eventloop processes messages one at a time: callbacks that are posted
// from anywhere, and timers, all on one goroutine.
package eventloop

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"time"
)

// ErrClosed is the error of a Post to a closed loop.
var ErrClosed = errors.New("eventloop: closed")

// Loop is an event loop.
type Loop struct {
	// news holds a token when Run should look again. Having room for one, it takes
	// the token also while Run is still on its way to sleep: no wake-up gets lost.
	news chan struct{}

	mu        sync.Mutex // guards what follows; free while a callback runs
	posted    []func()   // a slice has no bound, so Post never has to wait
	timers    *list.List // of timer, the next one first
	closed    bool
	lastTimer bool // the latest callback was a timer's
}

// New returns a loop that waits for its Run.
func New() *Loop { return &Loop{news: make(chan struct{}, 1), timers: list.New()} }

// Post puts fn behind the callbacks posted before.
func (l *Loop) Post(fn func()) error {
	if fn == nil {
		panic("eventloop: Post of a nil function")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrClosed
	}
	l.posted = append(l.posted, fn)
	l.wake()
	return nil
}

// After has fn run on the loop when d has passed.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: After of a nil function")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return func() {}
	}
	t := l.insert(timer{due: time.Now().Add(d), fn: fn})
	l.wake() // Run may be asleep until a later one
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.timers.Remove(t)
	}
}

// insert puts t behind those that are due before it or at the same moment.
func (l *Loop) insert(t timer) *list.Element {
	for e := l.timers.Back(); e != nil; e = e.Prev() {
		if !e.Value.(timer).due.After(t.due) {
			return l.timers.InsertAfter(t, e)
		}
	}
	return l.timers.PushFront(t)
}

// Close lets Run finish what was posted and return.
func (l *Loop) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.timers.Init()
	l.wake()
}

func (l *Loop) wake() {
	select {
	case l.news <- struct{}{}:
	default: // a token is there already
	}
}

// Run executes callbacks until the loop is closed or ctx is done.
func (l *Loop) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		fn, over := l.next()
		switch {
		case fn != nil:
			fn()
		case over:
			return nil
		default:
			l.sleep(ctx)
		}
	}
	return ctx.Err()
}

// next takes the callback whose turn it is, nil when there is none. When both a
// post and a timer could run they alternate, so that neither starves.
func (l *Loop) next() (fn func(), over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.timers.Front()
	due := first != nil && !time.Now().Before(first.Value.(timer).due)
	switch {
	case due && (!l.lastTimer || len(l.posted) == 0):
		l.lastTimer = true
		return l.timers.Remove(first).(timer).fn, false
	case len(l.posted) > 0:
		l.lastTimer = false
		fn, l.posted = l.posted[0], l.posted[1:]
		return fn, false
	}
	return nil, l.closed
}

// sleep waits for news, the next timer or the end of ctx.
func (l *Loop) sleep(ctx context.Context) {
	var alarm <-chan time.Time // nil: never
	l.mu.Lock()
	if first := l.timers.Front(); first != nil {
		t := time.NewTimer(time.Until(first.Value.(timer).due))
		defer t.Stop()
		alarm = t.C
	}
	l.mu.Unlock()
	select {
	case <-l.news:
	case <-alarm:
	case <-ctx.Done():
	}
}

type timer struct {
	due time.Time
	fn  func()
}

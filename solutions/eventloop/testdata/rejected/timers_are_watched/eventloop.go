// Rejected: TestEnd leak: a goroutine watches each timer that runs for half an hour, also when Run has returned.

// Package eventloop processes messages one at a time: callbacks that are posted
// from anywhere, and timers, all on one goroutine.
package eventloop

import (
	"container/heap"
	"context"
	"errors"
	"sync"
	"sync/atomic"
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
	timers    timers
	made      int // timers so far
	closed    bool
	lastTimer bool // the latest callback was a timer's
}

// New returns a loop that waits for its Run.
func New() *Loop { return &Loop{news: make(chan struct{}, 1)} }

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
	t := &timer{due: time.Now().Add(d), number: l.made, fn: fn}
	l.made++
	heap.Push(&l.timers, t)
	l.wake() // Run may be asleep until a later one
	return func() { l.cancel(t) }
}

func (l *Loop) cancel(t *timer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.index >= 0 {
		heap.Remove(&l.timers, t.index)
	}
}

// Close lets Run finish what was posted and return.
func (l *Loop) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.timers.drop()
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
	due := len(l.timers) > 0 && !time.Now().Before(l.timers[0].due)
	switch {
	case due && (!l.lastTimer || len(l.posted) == 0):
		l.lastTimer = true
		return watched(heap.Pop(&l.timers).(*timer).fn), false
	case len(l.posted) > 0:
		l.lastTimer = false
		fn, l.posted = l.posted[0], l.posted[1:]
		return fn, false
	}
	return nil, l.closed
}

// watched complains of an fn that takes too long.
func watched(fn func()) func() {
	return func() {
		var done atomic.Bool
		go func() {
			time.Sleep(30 * time.Minute)
			if !done.Load() {
				println("eventloop: a timer's callback takes more than half an hour")
			}
		}()
		fn()
		done.Store(true)
	}
}

// sleep waits for news, the next timer or the end of ctx.
func (l *Loop) sleep(ctx context.Context) {
	var alarm <-chan time.Time // nil: never
	l.mu.Lock()
	if len(l.timers) > 0 {
		t := time.NewTimer(time.Until(l.timers[0].due))
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
	due    time.Time
	number int // decides between equal due times
	fn     func()
	index  int // in the heap, -1 when it is in it no more
}

// timers is a heap: the next one first.
type timers []*timer

func (h timers) Len() int { return len(h) }
func (h timers) Less(i, j int) bool {
	return h[i].due.Before(h[j].due) || h[i].due.Equal(h[j].due) && h[i].number < h[j].number
}

func (h timers) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *timers) Push(t any) {
	t.(*timer).index = len(*h)
	*h = append(*h, t.(*timer))
}

func (h *timers) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	t.index = -1
	*h = (*h)[:last]
	return t
}

func (h *timers) drop() {
	for _, t := range *h {
		t.index = -1
	}
	*h = nil
}

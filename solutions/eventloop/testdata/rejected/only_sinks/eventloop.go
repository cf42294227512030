// Rejected: TestCancelTimer fail: the timer that takes a cancelled one's place in the heap sinks, but never rises
package eventloop

import (
	"context"
	"errors"
	"sync"
	"time"
)

var ErrClosed = errors.New("eventloop: closed")

type Loop struct {
	news chan struct{}

	mu        sync.Mutex
	posted    []func()
	timers    heap
	made      int
	closed    bool
	lastTimer bool
}

type timer struct {
	due    time.Time
	number int
	fn     func()
	index  int // -1: no longer in the heap
}

func (t *timer) before(u *timer) bool {
	if t.due.Equal(u.due) {
		return t.number < u.number
	}
	return t.due.Before(u.due)
}

// heap has the next timer first; the children of i are 2i+1 and 2i+2.
type heap []*timer

func (h heap) set(i int, t *timer) {
	h[i] = t
	t.index = i
}

func (h *heap) push(t *timer) {
	*h = append(*h, t)
	i := len(*h) - 1
	for ; i > 0 && t.before((*h)[(i-1)/2]); i = (i - 1) / 2 {
		h.set(i, (*h)[(i-1)/2])
	}
	h.set(i, t)
}

// remove takes out the timer at i.
func (h *heap) remove(i int) *timer {
	gone, last := (*h)[i], len(*h)-1
	t := (*h)[last]
	*h = (*h)[:last]
	gone.index = -1
	if i == last {
		return gone
	}
	for {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && (*h)[child+1].before((*h)[child]) {
			child++
		}
		if !(*h)[child].before(t) {
			break
		}
		h.set(i, (*h)[child])
		i = child
	}
	h.set(i, t)
	return gone
}

func New() *Loop { return &Loop{news: make(chan struct{}, 1)} }

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

func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: After of a nil function")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return func() {}
	}
	t := &timer{due: time.Now().Add(max(d, 0)), number: l.made, fn: fn}
	l.made++
	l.timers.push(t)
	l.wake()
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if t.index >= 0 {
			l.timers.remove(t.index)
		}
	}
}

func (l *Loop) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, t := range l.timers {
		t.index = -1
	}
	l.timers = nil
	l.wake()
}

func (l *Loop) wake() {
	select {
	case l.news <- struct{}{}:
	default:
	}
}

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

func (l *Loop) next() (fn func(), over bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := len(l.timers) > 0 && !time.Now().Before(l.timers[0].due)
	switch {
	case due && (!l.lastTimer || len(l.posted) == 0):
		l.lastTimer = true
		return l.timers.remove(0).fn, false
	case len(l.posted) > 0:
		l.lastTimer = false
		fn, l.posted = l.posted[0], l.posted[1:]
		return fn, false
	}
	return nil, l.closed
}

func (l *Loop) sleep(ctx context.Context) {
	var alarm <-chan time.Time
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

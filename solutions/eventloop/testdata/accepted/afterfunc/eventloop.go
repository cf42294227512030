// Package eventloop processes messages one at a time. Here each timer is one of the
// runtime's, which only rings: what is due the loop finds out itself.
package eventloop

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrClosed is the error of a Post to a closed loop.
var ErrClosed = errors.New("eventloop: closed")

// Loop is an event loop. Its lock is a channel of one place.
type Loop struct {
	state chan state
	bell  chan struct{}
	once  sync.Once
	end   chan struct{} // closed by Close
}

type state struct {
	posts  []func()
	alarms []*alarm // in order of the calls of After
	turn   int
}

type alarm struct {
	due  time.Time
	fn   func()
	ring *time.Timer
}

// New returns a loop.
func New() *Loop {
	l := &Loop{state: make(chan state, 1), bell: make(chan struct{}, 1), end: make(chan struct{})}
	l.state <- state{}
	return l
}

func (l *Loop) ring() {
	select {
	case l.bell <- struct{}{}:
	default:
	}
}

func (l *Loop) isClosed() bool {
	select {
	case <-l.end:
		return true
	default:
		return false
	}
}

// Post appends to the posts.
func (l *Loop) Post(fn func()) error {
	if fn == nil {
		panic("eventloop: Post(nil)")
	}
	s := <-l.state
	defer func() { l.state <- s }()
	if l.isClosed() {
		return ErrClosed
	}
	s.posts = append(s.posts, fn)
	l.ring()
	return nil
}

// After appends to the alarms.
func (l *Loop) After(d time.Duration, fn func()) (cancel func()) {
	if fn == nil {
		panic("eventloop: After(d, nil)")
	}
	a := &alarm{due: time.Now().Add(d), fn: fn}
	s := <-l.state
	defer func() { l.state <- s }()
	if l.isClosed() {
		return func() {}
	}
	a.ring = time.AfterFunc(d, l.ring)
	s.alarms = append(s.alarms, a)
	return func() {
		s := <-l.state
		s.remove(a)
		l.state <- s
	}
}

func (s *state) remove(a *alarm) {
	for i, other := range s.alarms {
		if other == a {
			a.ring.Stop()
			s.alarms = append(s.alarms[:i:i], s.alarms[i+1:]...)
			return
		}
	}
}

// Close ends the loop after its posts.
func (l *Loop) Close() {
	l.once.Do(func() {
		s := <-l.state
		for _, a := range s.alarms {
			a.ring.Stop()
		}
		s.alarms = nil
		close(l.end)
		l.state <- s
	})
}

// Run executes callbacks.
func (l *Loop) Run(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := <-l.state
		fn := s.pick()
		closed := l.isClosed()
		l.state <- s
		if fn != nil {
			fn()
			continue
		}
		if closed {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-l.bell:
		case <-l.end:
		}
	}
}

// pick takes a post two times out of three, and else the first alarm that is due.
func (s *state) pick() (fn func()) {
	s.turn++
	if len(s.posts) > 0 && s.turn%3 != 0 {
		return s.post()
	}
	if a := s.due(time.Now()); a != nil {
		s.remove(a)
		return a.fn
	}
	if len(s.posts) > 0 {
		return s.post()
	}
	return nil
}

func (s *state) post() (fn func()) {
	fn, s.posts = s.posts[0], s.posts[1:]
	return fn
}

func (s *state) due(now time.Time) (first *alarm) {
	for _, a := range s.alarms {
		if !a.due.After(now) && (first == nil || a.due.Before(first.due)) {
			first = a
		}
	}
	return first
}

// Rejected: TestSleepsOverlap fail: Run looks a hundred times a second whether anyone wakes up.

// Package scheduler has cooperative multitasking: bodies that take turns, one at a
// time, and give up their turn themselves.
package scheduler

import (
	"iter"
	"slices"
	"time"
)

// Scheduler lets bodies take turns. Only one of them, or Run, runs at any time, so
// it needs no lock.
type Scheduler struct {
	ready  []*Coro // in turn, the next one first
	asleep []*Coro // by wake-up time, equal ones in order of going to sleep
}

// Coro is a body's place in its scheduler.
type Coro struct {
	s    *Scheduler
	body func(*Coro)
	wake time.Time // when asleep

	// Since its first turn:
	resume  func() (struct{}, bool) // lets body go on until it suspends or ends
	stop    func()                  // lets it unwind
	suspend func(struct{}) bool     // body's side of both; false: unwind
	stopped bool
}

// New returns a scheduler without bodies.
func New() *Scheduler { return &Scheduler{} }

// Spawn adds a body, which goes last.
func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: Spawn of a nil body")
	}
	s.join(&Coro{s: s, body: body})
}

// join gives c the last place in turn. Those that have woken up by now were there
// first, even if nobody has noticed yet.
func (s *Scheduler) join(c *Coro) {
	s.wakeUp()
	s.ready = append(s.ready, c)
}

// wakeUp gives sleepers whose time has come their places.
func (s *Scheduler) wakeUp() {
	for len(s.asleep) > 0 && !s.asleep[0].wake.After(time.Now()) {
		s.ready = append(s.ready, s.asleep[0])
		s.asleep = s.asleep[1:]
	}
}

// Run executes the bodies in turn until all have ended. A panic in one goes on
// through resume and here, where the others are unwound on its way.
func (s *Scheduler) Run() {
	defer s.unwind()
	for c := s.next(); c != nil; c = s.next() {
		if c.resume == nil {
			c.resume, c.stop = iter.Pull(c.run)
		}
		c.resume()
	}
}

// next takes the body whose turn it is, and waits for one to wake up when all
// sleep. It returns nil when there are none.
func (s *Scheduler) next() *Coro {
	s.wakeUp()
	if len(s.ready) == 0 {
		if len(s.asleep) == 0 {
			return nil
		}
		for {
			left := time.Until(s.asleep[0].wake)
			if left <= 0 {
				break
			}
			time.Sleep(min(left, 10*time.Millisecond))
		}
		s.wakeUp()
	}
	c := s.ready[0]
	s.ready = s.ready[1:]
	return c
}

// unwind ends the bodies that are suspended. Deferred calls may spawn, so it looks
// again until there are none.
func (s *Scheduler) unwind() {
	for len(s.ready)+len(s.asleep) > 0 {
		all := slices.Concat(s.ready, s.asleep)
		s.ready, s.asleep = nil, nil
		for _, c := range all {
			if c.stop != nil { // else it has not begun, and never will
				c.stopped = true
				c.stop()
			}
		}
	}
}

// unwound is the panic that takes a suspended body down to run.
type unwound struct{}

// run is the coroutine of c.
func (c *Coro) run(suspend func(struct{}) bool) {
	defer func() {
		if c.stopped {
			_ = recover() // unwound: c was told to
		}
	}()
	c.suspend = suspend
	c.body(c)
}

// pause hands control to Run and returns at c's next turn.
func (c *Coro) pause() {
	c.suspend(struct{}{})
	c.checkStopped()
}

func (c *Coro) checkStopped() {
	if c.stopped {
		panic(unwound{})
	}
}

// Yield lets the others run and goes last.
func (c *Coro) Yield() {
	c.checkStopped() // a deferred call, while c is unwound
	c.s.join(c)
	c.pause()
}

// Sleep lets the others run and takes the last place in turn once d has passed.
func (c *Coro) Sleep(d time.Duration) {
	if d <= 0 {
		c.Yield()
		return
	}
	c.checkStopped()
	c.wake = time.Now().Add(d)
	later := func(other *Coro) bool { return other.wake.After(c.wake) }
	at := slices.IndexFunc(c.s.asleep, later)
	if at < 0 {
		at = len(c.s.asleep)
	}
	c.s.asleep = slices.Insert(c.s.asleep, at, c)
	c.pause()
}

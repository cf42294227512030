// Package scheduler has cooperative multitasking: bodies that take turns, one at a
// time, and give up their turn themselves.
package scheduler

import (
	"slices"
	"sync"
	"time"
)

// Scheduler has one lock, and a turn that says whose it is: everybody else waits
// for it.
type Scheduler struct {
	mu      sync.Mutex
	passed  *sync.Cond
	turn    *Coro // nil: Run's
	queue   []*Coro
	unwinds bool
	failed  bool
	value   any
}

// Coro is a body's place in its scheduler.
type Coro struct {
	s     *Scheduler
	body  func(*Coro)
	at    time.Time
	begun bool
}

type leave struct{}

// New returns a scheduler without bodies.
func New() *Scheduler {
	s := &Scheduler{}
	s.passed = sync.NewCond(&s.mu)
	return s
}

// Spawn adds a body.
func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: nil body")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line(&Coro{s: s, body: body}, 0)
}

// line puts c where its time belongs.
func (s *Scheduler) line(c *Coro, d time.Duration) {
	c.at = time.Now().Add(max(d, 0))
	at := len(s.queue)
	for at > 0 && s.queue[at-1].at.After(c.at) {
		at--
	}
	s.queue = slices.Insert(s.queue, at, c)
}

// Run executes the bodies.
func (s *Scheduler) Run() {
	var ended sync.WaitGroup
	s.mu.Lock()
	for len(s.queue) > 0 {
		c := s.queue[0]
		s.queue = s.queue[1:]
		if s.unwinds && !c.begun {
			continue
		}
		if wait := time.Until(c.at); wait > 0 && !s.unwinds {
			s.mu.Unlock()
			time.Sleep(wait)
			s.mu.Lock()
		}
		if !c.begun {
			c.begun = true
			ended.Go(c.run)
		}
		s.pass(c, nil)
		s.unwinds = s.failed
	}
	s.mu.Unlock()
	ended.Wait()
	if s.failed {
		panic(s.value)
	}
}

// pass gives the turn to another and waits until it is back.
func (s *Scheduler) pass(to, me *Coro) {
	s.turn = to
	s.passed.Broadcast()
	for s.turn != me {
		s.passed.Wait()
	}
}

func (c *Coro) run() {
	c.s.mu.Lock()
	for c.s.turn != c {
		c.s.passed.Wait()
	}
	c.s.mu.Unlock()
	defer func() {
		p := recover()
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		if _, left := p.(leave); p != nil && !left {
			c.s.failed, c.s.value = true, p
		}
		c.s.turn = nil
		c.s.passed.Broadcast()
	}()
	c.body(c)
}

// Yield lets the others run.
func (c *Coro) Yield() { c.Sleep(0) }

// Sleep lets the others run for d.
func (c *Coro) Sleep(d time.Duration) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if !c.s.unwinds {
		c.s.line(c, d)
		c.s.pass(nil, c)
	}
	if c.s.unwinds {
		panic(leave{})
	}
}

// Rejected: TestPlaces fail: a sleep is counted from the end of the last one, not from its call.

package scheduler

import (
	"iter"
	"slices"
	"time"
)

type Scheduler struct {
	ready  []*Coro
	asleep []*Coro
}

type Coro struct {
	s    *Scheduler
	body func(*Coro)
	wake time.Time

	resume  func() (struct{}, bool)
	stop    func()
	suspend func(struct{}) bool
	stopped bool
}

func New() *Scheduler { return &Scheduler{} }

func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: Spawn of a nil body")
	}
	s.join(&Coro{s: s, body: body})
}

func (s *Scheduler) join(c *Coro) {
	s.wakeUp()
	s.ready = append(s.ready, c)
}

func (s *Scheduler) wakeUp() {
	for len(s.asleep) > 0 && !s.asleep[0].wake.After(time.Now()) {
		s.ready = append(s.ready, s.asleep[0])
		s.asleep = s.asleep[1:]
	}
}

func (s *Scheduler) Run() {
	defer s.unwind()
	for c := s.next(); c != nil; c = s.next() {
		if c.resume == nil {
			c.resume, c.stop = iter.Pull(c.run)
		}
		c.resume()
	}
}

func (s *Scheduler) next() *Coro {
	s.wakeUp()
	if len(s.ready) == 0 {
		if len(s.asleep) == 0 {
			return nil
		}
		time.Sleep(time.Until(s.asleep[0].wake))
		s.wakeUp()
	}
	c := s.ready[0]
	s.ready = s.ready[1:]
	return c
}

func (s *Scheduler) unwind() {
	for len(s.ready)+len(s.asleep) > 0 {
		all := slices.Concat(s.ready, s.asleep)
		s.ready, s.asleep = nil, nil
		for _, c := range all {
			if c.stop != nil {
				c.stopped = true
				c.stop()
			}
		}
	}
}

type unwound struct{}

func (c *Coro) run(suspend func(struct{}) bool) {
	defer func() {
		if c.stopped {
			_ = recover()
		}
	}()
	c.suspend = suspend
	c.body(c)
}

func (c *Coro) pause() {
	c.suspend(struct{}{})
	c.checkStopped()
}

func (c *Coro) checkStopped() {
	if c.stopped {
		panic(unwound{})
	}
}

func (c *Coro) Yield() {
	c.checkStopped()
	c.s.join(c)
	c.pause()
}

func (c *Coro) Sleep(d time.Duration) {
	if d <= 0 {
		c.Yield()
		return
	}
	c.checkStopped()
	if c.wake.IsZero() {
		c.wake = time.Now()
	}
	c.wake = c.wake.Add(d)
	later := func(other *Coro) bool { return other.wake.After(c.wake) }
	at := slices.IndexFunc(c.s.asleep, later)
	if at < 0 {
		at = len(c.s.asleep)
	}
	c.s.asleep = slices.Insert(c.s.asleep, at, c)
	c.pause()
}

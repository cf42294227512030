// Rejected: TestPlaces fail: sleepers are put in order by whole microseconds.

package scheduler

import (
	"iter"
	"slices"
	"time"
)

type Scheduler struct {
	ready  []*Coro
	asleep []*Coro // by wake-up time
	begun  []*Coro
}

type Coro struct {
	s       *Scheduler
	body    func(*Coro)
	wake    time.Time
	resume  func() (struct{}, bool)
	stop    func()
	suspend func(struct{}) bool
	unwinds bool
}

func New() *Scheduler { return &Scheduler{} }

func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: nil body")
	}
	s.join(&Coro{s: s, body: body})
}

func (s *Scheduler) join(c *Coro) {
	s.wakeUp()
	s.ready = append(s.ready, c)
}

func (s *Scheduler) wakeUp() {
	for len(s.asleep) > 0 && time.Until(s.asleep[0].wake) <= 0 {
		s.ready = append(s.ready, s.asleep[0])
		s.asleep = s.asleep[1:]
	}
}

func (s *Scheduler) Run() {
	defer func() {
		for len(s.begun) > 0 {
			c := s.begun[0]
			s.begun = s.begun[1:]
			c.unwinds = true
			c.stop()
		}
	}()
	for {
		if s.wakeUp(); len(s.ready) == 0 {
			if len(s.asleep) == 0 {
				return
			}
			time.Sleep(time.Until(s.asleep[0].wake))
			s.wakeUp()
		}
		c := s.ready[0]
		s.ready = s.ready[1:]
		if c.resume == nil {
			c.resume, c.stop = iter.Pull(c.run)
			s.begun = append(s.begun, c)
		}
		if _, more := c.resume(); !more {
			s.begun = slices.DeleteFunc(s.begun, func(other *Coro) bool { return other == c })
		}
	}
}

type unwound struct{}

func (c *Coro) run(suspend func(struct{}) bool) {
	defer func() {
		if c.unwinds {
			_ = recover()
		}
	}()
	c.suspend = suspend
	c.body(c)
}

func (c *Coro) check() {
	if c.unwinds {
		panic(unwound{})
	}
}

func (c *Coro) Yield() {
	c.check()
	c.s.join(c)
	c.suspend(struct{}{})
	c.check()
}

func (c *Coro) Sleep(d time.Duration) {
	if d <= 0 {
		c.Yield()
		return
	}
	c.check()
	c.wake = time.Now().Add(d)
	at := len(c.s.asleep)
	for at > 0 && c.s.asleep[at-1].wake.UnixMicro() > c.wake.UnixMicro() {
		at--
	}
	c.s.asleep = slices.Insert(c.s.asleep, at, c)
	c.suspend(struct{}{})
	c.check()
}

// Rejected: TestPanic fail: bodies are unwound by a panic with context.Canceled, and a body's own panic with it is lost.

package scheduler

import (
	"context"
	"slices"
	"time"
)

type Scheduler struct {
	line  []*Coro
	back  chan ending
	begun []*Coro
	ends  bool
}

// ending is how a turn ended.
type ending struct {
	over  bool
	panic any
}

type Coro struct {
	s    *Scheduler
	body func(*Coro)
	from time.Time
	turn chan struct{}
}

func New() *Scheduler { return &Scheduler{back: make(chan ending)} }

func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: nil body")
	}
	s.join(&Coro{s: s, body: body}, 0)
}

func (s *Scheduler) join(c *Coro, d time.Duration) {
	c.from = time.Now().Add(max(d, 0))
	at := len(s.line)
	for at > 0 && s.line[at-1].from.After(c.from) {
		at--
	}
	s.line = slices.Insert(s.line, at, c)
}

func (s *Scheduler) Run() {
	for len(s.line) > 0 {
		c := s.line[0]
		s.line = s.line[1:]
		time.Sleep(time.Until(c.from))
		if e := s.let(c); e.panic != nil {
			s.ends = true
			for len(s.begun) > 0 {
				s.let(s.begun[0])
			}
			panic(e.panic)
		}
	}
}

func (s *Scheduler) let(c *Coro) ending {
	if c.turn == nil {
		c.turn = make(chan struct{})
		s.begun = append(s.begun, c)
		go c.run()
	} else {
		c.turn <- struct{}{}
	}
	e := <-s.back
	if e.over {
		s.begun = slices.DeleteFunc(s.begun, func(other *Coro) bool { return other == c })
	}
	return e
}

func (c *Coro) run() {
	defer func() {
		p := recover()
		if p == context.Canceled {
			p = nil // it was told to end
		}
		c.s.back <- ending{over: true, panic: p}
	}()
	c.body(c)
}

func (c *Coro) Yield() { c.Sleep(0) }

func (c *Coro) Sleep(d time.Duration) {
	c.check()
	c.s.join(c, d)
	c.s.back <- ending{}
	<-c.turn
	c.check()
}

func (c *Coro) check() {
	if c.s.ends {
		panic(context.Canceled)
	}
}

// Rejected: TestNothingStays fail: while any other scheduler runs, Spawn starts goroutines before Run.

package scheduler

import (
	"slices"
	"sync/atomic"
	"time"
)

// running counts the calls of Run that are under way.
var running atomic.Int32

type Scheduler struct {
	line  []*Coro
	back  chan ending
	there []*Coro // have a goroutine
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
	c := &Coro{s: s, body: body, turn: make(chan struct{})}
	s.join(c, 0)
	if running.Load() > 0 {
		s.start(c)
	}
}

// start lets c wait for its first turn.
func (s *Scheduler) start(c *Coro) {
	s.there = append(s.there, c)
	go c.run()
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
	running.Add(1)
	defer running.Add(-1)
	for _, c := range s.line {
		if !slices.Contains(s.there, c) {
			s.start(c)
		}
	}
	for len(s.line) > 0 {
		c := s.line[0]
		s.line = s.line[1:]
		time.Sleep(time.Until(c.from))
		if e := s.let(c); e.panic != nil {
			s.ends = true
			for len(s.there) > 0 {
				s.let(s.there[0])
			}
			panic(e.panic)
		}
	}
}

func (s *Scheduler) let(c *Coro) ending {
	c.turn <- struct{}{}
	e := <-s.back
	if e.over {
		s.there = slices.DeleteFunc(s.there, func(other *Coro) bool { return other == c })
	}
	return e
}

type unwound struct{}

func (c *Coro) run() {
	<-c.turn
	defer func() {
		p := recover()
		if _, ok := p.(unwound); ok {
			p = nil
		}
		c.s.back <- ending{over: true, panic: p}
	}()
	c.check() // one that has not begun never runs
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
		panic(unwound{})
	}
}

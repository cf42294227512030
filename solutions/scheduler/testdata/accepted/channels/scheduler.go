// Package scheduler has cooperative multitasking: bodies that take turns, one at a
// time, and give up their turn themselves.
package scheduler

import (
	"container/heap"
	"runtime"
	"time"
)

// Scheduler has a goroutine for each body that has begun. Control goes to a body by
// its channel, and comes back by the scheduler's.
type Scheduler struct {
	places places
	seq    int
	back   chan ending
	live   map[*Coro]bool // begun and not ended
	ending bool
}

// ending is how a turn ended.
type ending struct {
	over  bool
	value any // of a panic
}

// Coro is a body's place in its scheduler.
type Coro struct {
	s    *Scheduler
	body func(*Coro)
	turn chan bool // false: unwind
	from time.Time // when its place in turn counts from
	seq  int
}

// places is a heap: one queue for those in turn and for sleepers.
type places []*Coro

func (p places) Len() int { return len(p) }
func (p places) Less(i, j int) bool {
	if p[i].from.Equal(p[j].from) {
		return p[i].seq < p[j].seq
	}
	return p[i].from.Before(p[j].from)
}
func (p places) Swap(i, j int) { p[i], p[j] = p[j], p[i] }

// Push is heap's.
func (p *places) Push(x any) { *p = append(*p, x.(*Coro)) }

// Pop is heap's.
func (p *places) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// New returns a scheduler without bodies.
func New() *Scheduler {
	return &Scheduler{back: make(chan ending), live: map[*Coro]bool{}}
}

// Spawn adds a body.
func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: nil body")
	}
	s.place(&Coro{s: s, body: body, turn: make(chan bool)}, 0)
}

func (s *Scheduler) place(c *Coro, in time.Duration) {
	s.seq++
	c.from, c.seq = time.Now().Add(max(in, 0)), s.seq
	heap.Push(&s.places, c)
}

// Run executes the bodies.
func (s *Scheduler) Run() {
	for len(s.places) > 0 {
		c := heap.Pop(&s.places).(*Coro)
		time.Sleep(time.Until(c.from))
		if !s.live[c] {
			s.live[c] = true
			go c.run()
		}
		if e := s.let(c, true); e.value != nil {
			s.unwind()
			panic(e.value)
		}
	}
}

func (s *Scheduler) let(c *Coro, goOn bool) ending {
	c.turn <- goOn
	e := <-s.back
	if e.over {
		delete(s.live, c)
	}
	return e
}

func (s *Scheduler) unwind() {
	s.ending = true
	for c := range s.live {
		s.let(c, false)
	}
}

func (c *Coro) run() {
	defer func() { c.s.back <- ending{true, recover()} }()
	c.await()
	c.body(c)
}

func (c *Coro) await() {
	if !<-c.turn {
		runtime.Goexit()
	}
}

func (c *Coro) pause(d time.Duration) {
	if c.s.ending {
		runtime.Goexit()
	}
	c.s.place(c, d)
	c.s.back <- ending{}
	c.await()
}

// Yield lets the others run.
func (c *Coro) Yield() { c.pause(0) }

// Sleep lets the others run for d.
func (c *Coro) Sleep(d time.Duration) { c.pause(d) }

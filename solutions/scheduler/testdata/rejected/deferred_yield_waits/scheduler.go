// Rejected: TestUnwinding fail: a Yield in a deferred call lets others be unwound first

package scheduler

import (
	"runtime"
	"sort"
	"sync"
	"time"
)

type Coro struct {
	s      *Scheduler
	body   func(*Coro)
	resume chan bool // false: unwind
	dying  bool
	begun  bool
	wake   time.Time
	seq    int
}

type event struct {
	done     bool
	panicked bool
	value    any
}

type Scheduler struct {
	ready    []*Coro
	sleeping []*Coro
	events   chan event
	seq      int
	wg       sync.WaitGroup
}

func New() *Scheduler { return &Scheduler{events: make(chan event)} }

func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: Spawn of a nil body")
	}
	s.promote()
	s.ready = append(s.ready, &Coro{s: s, body: body, resume: make(chan bool)})
}

// promote moves everyone whose time has come to the end of the line.
func (s *Scheduler) promote() {
	now := time.Now()
	n := 0
	for n < len(s.sleeping) && !s.sleeping[n].wake.After(now) {
		n++
	}
	s.ready = append(s.ready, s.sleeping[:n]...)
	s.sleeping = append([]*Coro(nil), s.sleeping[n:]...)
}

func (s *Scheduler) step(c *Coro, live bool) event {
	if !c.begun {
		if !live {
			return event{done: true}
		}
		c.begun = true
		s.wg.Add(1)
		go c.main()
	} else {
		c.resume <- live
	}
	return <-s.events
}

func (c *Coro) main() {
	defer c.s.wg.Done()
	e := event{done: true, panicked: true}
	defer func() {
		if e.panicked {
			e.value = recover()
			if c.dying {
				e.panicked = false
			}
		}
		c.s.events <- e
	}()
	c.body(c)
	e.panicked = false
}

func (s *Scheduler) Run() {
	defer s.wg.Wait()
	for {
		s.promote()
		if len(s.ready) == 0 {
			if len(s.sleeping) == 0 {
				return
			}
			time.Sleep(time.Until(s.sleeping[0].wake))
			continue
		}
		c := s.ready[0]
		s.ready = s.ready[1:]
		if e := s.step(c, true); e.panicked {
			s.unwind()
			panic(e.value)
		}
	}
}

func (s *Scheduler) unwind() {
	for len(s.ready)+len(s.sleeping) > 0 {
		all := append(s.ready, s.sleeping...)
		s.ready, s.sleeping = nil, nil
		for _, c := range all {
			if c.begun {
				s.step(c, false)
			}
		}
	}
}

func (c *Coro) pause() {
	c.s.events <- event{}
	if !<-c.resume {
		c.dying = true
		runtime.Goexit()
	}
}

func (c *Coro) Yield() {
	c.s.promote()
	c.s.ready = append(c.s.ready, c)
	c.pause()
}

func (c *Coro) Sleep(d time.Duration) {
	if d <= 0 {
		c.Yield()
		return
	}
	if c.dying {
		runtime.Goexit()
	}
	s := c.s
	c.wake = time.Now().Add(d)
	i := sort.Search(len(s.sleeping), func(i int) bool { return s.sleeping[i].wake.After(c.wake) })
	s.sleeping = append(s.sleeping, nil)
	copy(s.sleeping[i+1:], s.sleeping[i:])
	s.sleeping[i] = c
	c.pause()
}

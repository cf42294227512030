// Rejected: TestOneAtATime race|fail: every body is a goroutine that runs when it likes

// Package scheduler has cooperative multitasking: bodies that take turns, one at a
// time, and give up their turn themselves.
package scheduler

import (
	"runtime"
	"sync"
	"time"
)

// Scheduler starts all bodies at once.
type Scheduler struct {
	mu      sync.Mutex
	bodies  []func(*Coro)
	running bool
	wg      sync.WaitGroup
}

// Coro is a body's place in its scheduler.
type Coro struct{}

// New returns a scheduler without bodies.
func New() *Scheduler { return &Scheduler{} }

// Spawn adds a body.
func (s *Scheduler) Spawn(body func(c *Coro)) {
	if body == nil {
		panic("scheduler: Spawn of a nil body")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running {
		s.wg.Go(func() { body(&Coro{}) })
		return
	}
	s.bodies = append(s.bodies, body)
}

// Run starts the bodies and waits for them.
func (s *Scheduler) Run() {
	s.mu.Lock()
	s.running = true
	for _, body := range s.bodies {
		s.wg.Go(func() { body(&Coro{}) })
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// Yield lets others run.
func (c *Coro) Yield() { runtime.Gosched() }

// Sleep sleeps.
func (c *Coro) Sleep(d time.Duration) { time.Sleep(d) }

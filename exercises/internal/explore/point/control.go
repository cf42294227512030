package point

import (
	"sync/atomic"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/waits"
)

// epochs is how many schedules there have been.
var epochs atomic.Uint64

// NewSchedule returns a schedule; call it in its bubble. seed is that of the
// delays.
func NewSchedule(seed uint64) *Schedule {
	return &Schedule{
		epoch:   epochs.Add(1),
		arrival: make(chan struct{}, 1),
		random:  seed,
	}
}

// Run makes s the current schedule and calls body as goroutine 0, on the
// calling goroutine. The schedule stays the current one until Detach.
//
//go:norace
func (s *Schedule) Run(body func()) {
	detector.Off()
	current.Store(s)
	s.enlist(0)
	detector.On()
	body()
	detector.Off()
	s.arrived()
	detector.On()
}

// Free lets all goroutines run as they like, each to its end if it has one: as if
// there were no exploration, or with the random delays of Delay if longest is
// positive.
//
//go:norace
func (s *Schedule) Free(longest time.Duration) {
	detector.Off()
	s.mu.Lock()
	s.released, s.Delay = longest <= 0, longest
	s.mu.Unlock()
	for _, g := range s.Blocked() {
		g.resume()
	}
	detector.On()
}

// Detach ends the exploration: yield points do nothing from now on. Goroutines
// that stand at one stay there for ever.
//
//go:norace
func (s *Schedule) Detach() {
	detector.Off()
	current.CompareAndSwap(s, nil)
	detector.On()
}

// Settle waits until all goroutines stand still and returns those that could go
// on, by number.
//
//go:norace
func (s *Schedule) Settle() []*Goroutine {
	detector.Off()
	synctest.Wait()
	s.mu.Lock()
	s.number()
	var ready []*Goroutine
	for _, g := range s.all {
		if g.parked && (g.gate == nil || g.gate.Ready()) {
			ready = append(ready, g)
		}
	}
	s.mu.Unlock()
	detector.On()
	return ready
}

// number gives numbers to the goroutines that have appeared since the last
// step: in the order in which they were asked for, where several timers started
// them. (No copy: the runtime reports its accesses even from here.)
//
//go:norace
func (s *Schedule) number() {
	for range s.fresh {
		var next *Goroutine
		for _, g := range s.fresh {
			if !g.numbered && (next == nil || g.order < next.order) {
				next = g
			}
		}
		next.Number, next.numbered = len(s.all), true
		s.all = append(s.all, next)
	}
	s.fresh = nil
}

// Blocked returns the goroutines that stand at a yield point.
//
//go:norace
func (s *Schedule) Blocked() (blocked []*Goroutine) {
	for _, g := range s.all {
		if g.parked {
			blocked = append(blocked, g)
		}
	}
	return blocked
}

// Waits returns what the goroutines wait for that stand before locks which somebody
// has taken.
//
//go:norace
func (s *Schedule) Waits() (all []waits.Wait) {
	for _, g := range s.Blocked() {
		if lock, ok := g.gate.(interface{ Holder() *waits.Stack }); ok {
			all = append(all, waits.Of(g.Stack, lock.Holder()))
		}
	}
	return all
}

// Resume lets g go on to its next yield point.
//
//go:norace
func (s *Schedule) Resume(g *Goroutine) {
	detector.Off()
	s.mu.Lock()
	s.Steps = append(s.Steps, Step{g, g.Op, g.Stack})
	s.mu.Unlock()
	g.resume()
	detector.On()
}

//go:norace
func (g *Goroutine) resume() {
	g.parked, g.gate, g.Decided = false, nil, false
	g.wake <- struct{}{}
}

// Idle waits for a goroutine to arrive at a yield point or for the body to end,
// while virtual time goes on. The bubble panics when that can never happen.
//
//go:norace
func (s *Schedule) Idle() {
	detector.Off()
	s.mu.Lock()
	s.idle = true
	s.mu.Unlock()
	<-s.arrival
	detector.On()
}

// arrived wakes the controller when it waits in Idle; it then looks again at who
// could go on.
//
//go:norace
func (s *Schedule) arrived() {
	s.mu.Lock()
	idle := s.idle
	s.idle = false
	s.mu.Unlock()
	if idle {
		s.arrival <- struct{}{}
	}
}

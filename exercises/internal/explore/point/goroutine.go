package point

import (
	"math/bits"
	"time"
	"unsafe"

	"gorutinas/exercises/internal/waits"
)

// What the goroutines of a schedule do at their yield points. All of it runs
// with the race detector's view of synchronisation switched off.

// reach stops the calling goroutine before op until the controller lets it go
// on, which it does only when gate, if any, is ready.
//
//go:norace
func (s *Schedule) reach(op string, gate Gate) {
	if op == opStart {
		s.begin(s.nextOrder())
		return
	}
	if g := s.self(); g != nil {
		g.locate(op)
		s.stop(g, gate)
	}
}

// begin makes the calling goroutine one of the schedule and stops it.
//
//go:norace
func (s *Schedule) begin(order int) {
	g := s.enlist(order)
	g.locate(opStart)
	s.stop(g, nil)
}

//go:norace
func (s *Schedule) stop(g *Goroutine, gate Gate) {
	s.mu.Lock()
	if s.released {
		s.mu.Unlock()
		return
	}
	if s.Delay > 0 {
		d := s.delay()
		s.mu.Unlock()
		time.Sleep(d)
		return
	}
	g.gate, g.parked = gate, true
	s.mu.Unlock()
	s.arrived()
	<-g.wake
}

// delay is random in its order of magnitude too: a program's timers may be short or
// long.
//
//go:norace
func (s *Schedule) delay() time.Duration {
	longest := max(uint64(s.Delay)>>(s.next()%uint64(bits.Len64(uint64(s.Delay)))), 1)
	return time.Duration(1 + s.next()%longest)
}

// next returns a random number (splitmix64: math/rand is instrumented).
//
//go:norace
func (s *Schedule) next() uint64 {
	s.random += 0x9e3779b97f4a7c15
	z := s.random
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// pass notes that the calling goroutine does op, and does not stop it.
//
//go:norace
func (s *Schedule) pass(op string) {
	g := s.self()
	if g == nil || s.free() {
		return
	}
	step := Step{Goroutine: g, Op: op}
	step.Stack.Locate(2)
	s.mu.Lock()
	s.Steps = append(s.Steps, step)
	s.mu.Unlock()
}

// crash notes a fatal error and never returns.
//
//go:norace
func (s *Schedule) crash(c *Crash) {
	s.mu.Lock()
	if s.Crash == nil {
		s.Crash = c
	}
	s.mu.Unlock()
	s.arrived()
	select {}
}

// free says whether goroutines run without the controller.
//
//go:norace
func (s *Schedule) free() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.released || s.Delay > 0
}

//go:norace
func (s *Schedule) nextOrder() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders++
	return s.orders
}

// enlist makes the calling goroutine one of the schedule.
//
//go:norace
func (s *Schedule) enlist(order int) *Goroutine {
	g := &Goroutine{labels: freshLabels(), order: order, wake: make(chan struct{}, 1)}
	s.mu.Lock()
	s.fresh = append(s.fresh, g)
	s.mu.Unlock()
	return g
}

// self returns the calling goroutine, nil when it is not one of the schedule.
//
//go:norace
func (s *Schedule) self() *Goroutine {
	g := s.find(currentLabels())
	if g != nil && g.parked { // its labels were inherited: it began without "start"
		return s.enlist(s.nextOrder())
	}
	return g
}

//go:norace
func (s *Schedule) find(labels unsafe.Pointer) *Goroutine {
	if labels == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.all {
		if g.labels == labels {
			return g
		}
	}
	for _, g := range s.fresh {
		if g.labels == labels {
			return g
		}
	}
	return nil
}

// locate notes that g stands before op in the code that called this package.
//
//go:norace
func (g *Goroutine) locate(op string) {
	g.Op = op
	g.Stack.Locate(3)
	g.Site = siteOf(op, &g.Stack)
}

// siteOf is an FNV-1a hash.
//
//go:norace
func siteOf(op string, stack *waits.Stack) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for i := range len(op) {
		h = (h ^ uint64(op[i])) * prime
	}
	for _, pc := range stack {
		h = (h ^ uint64(pc)) * prime
	}
	return h
}

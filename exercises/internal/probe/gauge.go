package probe

import (
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/detector"
)

// What a test's callbacks do must not order the student's goroutines, or it
// would hide their races. So everything here works with the race detector's
// view of synchronisation switched off, and around its own data alone.

// Gauge counts the calls in flight. The zero value is ready.
type Gauge struct{ in, peak, total atomic.Int64 }

// Enter counts a call in.
func (g *Gauge) Enter() { g.Next() }

// Next counts a call in, as Enter does, and returns its number, from 1. Total
// cannot tell it, since another call may have entered meanwhile.
//
//go:norace
func (g *Gauge) Next() int {
	detector.Off()
	defer detector.On()
	nth, n := g.total.Add(1), g.in.Add(1)
	for p := g.peak.Load(); n > p && !g.peak.CompareAndSwap(p, n); p = g.peak.Load() {
	}
	return int(nth)
}

// Leave counts a call out.
//
//go:norace
func (g *Gauge) Leave() {
	detector.Off()
	g.in.Add(-1)
	detector.On()
}

// In is how many calls are in flight.
func (g *Gauge) In() int { return unseen(&g.in) }

// Peak is the highest In so far.
func (g *Gauge) Peak() int { return unseen(&g.peak) }

// Total is how many calls have entered.
func (g *Gauge) Total() int { return unseen(&g.total) }

// unseen reads n in a way that orders nothing for the race detector.
//
//go:norace
func unseen(n *atomic.Int64) int {
	detector.Off()
	defer detector.On()
	return int(n.Load())
}

// Gate keeps every call of Pass inside until Open: how many are inside once
// everything stands still is exactly how many the code under test runs at once.
type Gate struct {
	Gauge
	open chan struct{}
}

// NewGate returns a closed gate. Call it inside the bubble.
func NewGate() *Gate { return &Gate{open: make(chan struct{})} }

// Pass enters, waits for Open, and leaves.
//
//go:norace
func (g *Gate) Pass() {
	g.Enter()
	detector.Off()
	<-g.open
	detector.On()
	g.Leave()
}

// Inside waits until the bubble stands still and returns how many calls are
// inside.
func (g *Gate) Inside() int {
	synctest.Wait()
	return g.In()
}

// Open lets all calls pass, from now on. Call it once.
func (g *Gate) Open() { close(g.open) }

// Rendezvous lets calls of Meet go on only when n of them are inside together,
// which serial code never brings about.
type Rendezvous struct {
	n    int64
	in   atomic.Int64
	full chan struct{}
}

// NewRendezvous returns a rendezvous of n calls.
func NewRendezvous(n int) *Rendezvous {
	time.NewTimer(0).Stop() // the first one of a process would order the calls that make it
	return &Rendezvous{n: int64(n), full: make(chan struct{})}
}

// Meet waits for the other calls and says whether they came within limit.
//
//go:norace
func (r *Rendezvous) Meet(limit time.Duration) bool {
	timer := time.NewTimer(limit) // in the detector's view, since package time has data of its own
	defer timer.Stop()
	detector.Off()
	defer detector.On()
	if r.in.Add(1) == r.n {
		close(r.full)
	}
	select {
	case <-r.full:
		return true
	case <-timer.C:
		return false
	}
}

// Log is a list of what happened, in order, that callbacks may append to from
// any goroutine. The zero value is ready.
type Log[T any] struct {
	mu      sync.Mutex
	entries []T
}

// Add appends v.
//
//go:norace
func (l *Log[T]) Add(v T) {
	detector.Off()
	l.mu.Lock()
	l.entries = append(l.entries, v)
	l.mu.Unlock()
	detector.On()
}

// All returns a copy of what was added so far.
//
//go:norace
func (l *Log[T]) All() []T {
	detector.Off()
	defer detector.On()
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]T(nil), l.entries...)
}

// Len is how many entries there are.
func (l *Log[T]) Len() int { return len(l.All()) }

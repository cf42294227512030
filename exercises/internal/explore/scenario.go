package explore

import (
	"context"
	"runtime/debug"
	"sync"
	"testing"
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

// S is one run of a scenario under one schedule. Its methods order nothing in
// the eyes of the race detector, except that Wait comes after the goroutines
// that it waited for.
type S struct {
	t   *testing.T
	ctx context.Context

	mu      sync.Mutex // guards what follows
	running int        // goroutines of Go that have not ended
	ended   chan struct{}
	found   *failure // the first
}

// failure is what is wrong with a program, without the schedule that shows it.
type failure struct {
	probe.Finding
	text string
}

// Go calls f on a goroutine of its own. Goroutines are numbered in the order in
// which they are created, from 1.
func (s *S) Go(f func()) {
	s.count(1)
	go func() {
		point.At("start")
		returned := false
		defer func() { s.end(returned, recover()) }()
		f()
		returned = true
	}()
	point.At("go")
}

// end is what a goroutine of Go does last.
func (s *S) end(returned bool, panicked any) {
	s.judgeEnd(returned, panicked)
	detector.ReleaseMerge(unsafe.Pointer(s))
	s.count(-1)
}

// judgeEnd notes that a function did not return, unless the test has made it so
// with FailNow. A deferred function calls it.
func (s *S) judgeEnd(returned bool, panicked any) {
	switch {
	case panicked != nil:
		s.find(probe.Panicked(panicked, string(debug.Stack())))
	case !returned && !s.t.Failed():
		s.find(probe.Finding{Verdict: "fail", Code: "fail.goexit"}, "a call was ended by runtime.Goexit")
	}
}

//go:norace
func (s *S) count(delta int) {
	detector.Off()
	s.mu.Lock()
	s.running += delta
	if s.running == 0 && s.ended != nil {
		close(s.ended)
		s.ended = nil
	}
	s.mu.Unlock()
	detector.On()
	if delta < 0 {
		point.Changed() // Wait may go on
	}
}

// Ready makes S the gate of Wait.
//
//go:norace
func (s *allEnded) Ready() bool { return s.running == 0 }

type allEnded S

// Wait waits until all goroutines of Go have ended. The body calls it.
func (s *S) Wait() {
	point.Until("", (*allEnded)(s))
	s.await()
	detector.Acquire(unsafe.Pointer(s))
}

//go:norace
func (s *S) await() {
	detector.Off()
	s.mu.Lock()
	var ended chan struct{}
	if s.running > 0 {
		if s.ended == nil {
			s.ended = make(chan struct{})
		}
		ended = s.ended
	}
	s.mu.Unlock()
	if ended != nil {
		<-ended
	}
	detector.On()
}

// Yield is a place where another goroutine may go on, for callbacks that the
// test owns.
func (*S) Yield() { point.At("") }

// Context returns a context that is done when the body has returned.
func (s *S) Context() context.Context { return s.ctx }

// Fail reports, for this schedule, that call gave got where the contract's
// sentence number contract wants want; see [probe.Fail]. The run goes on, and
// its first failure counts.
func (s *S) Fail(contract int, call string, got, want any) {
	s.find(probe.GotWant(contract, call, got, want))
}

// Failf reports, for this schedule, a breach of the contract's sentence number
// contract in one English clause; see [probe.Failf].
func (s *S) Failf(contract int, format string, args ...any) {
	s.find(probe.Breach(contract, format, args...))
}

//go:norace
func (s *S) find(f probe.Finding, text string) {
	point.Publish()
	detector.Off()
	s.mu.Lock()
	if s.found == nil {
		s.found = &failure{f, text}
	}
	s.mu.Unlock()
	detector.On()
}

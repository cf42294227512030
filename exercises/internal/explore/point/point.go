// Package point is what rewritten code calls: the part of an exploration that
// runs inside the code under test, which is yield points and select statements
// whose choice can be directed, and functions whose accesses to memory the race
// detector sees where it does not see those of the standard ones.
//
// The packages explore/sync and explore/atomic call it, too. Without an
// exploration a yield point does nothing. In one, a goroutine that reaches a
// yield point stops there until package explore, which sees all of them standing
// still, lets one go on.
//
// Nothing here orders goroutines in the eyes of the race detector.
package point

import (
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/probe"
)

// current is the schedule that runs; nil without an exploration.
var current atomic.Pointer[Schedule]

// Names of operations that mean more than a label.
const (
	opStart   = "start"   // first thing that a goroutine does
	opGosched = "gosched" // asks to let others go first
)

// At is a yield point before op: "send", "receive", "close", "select",
// "range", "go", "start", "gosched", "context", "cancel", "stop", "print", "read",
// "write", or the name of a function or method. It must be "start" first thing in
// every new goroutine.
//
//go:norace
func At(op string) {
	detector.Off()
	probe.Stay()
	if s := current.Load(); s != nil {
		s.reach(op, nil)
	}
	detector.On()
}

// A Gate is what an operation that may have to wait waits for. Ready is called
// while all goroutines of the exploration stand still.
type Gate interface{ Ready() bool }

// Until is a yield point before op that lies behind g: in an exploration, it
// returns only when g is ready. Otherwise it returns at once, and the caller
// must do the waiting.
//
//go:norace
func Until(op string, g Gate) {
	detector.Off()
	probe.Stay()
	if s := current.Load(); s != nil {
		s.reach(op, g)
	}
	detector.On()
}

// Release is At for an operation that only makes others possible, like Unlock:
// no one can tell whether others ran just before it or just after, so nothing
// is gained by stopping there, unless some goroutine asks without waiting
// (TryLock). See [Poll].
//
//go:norace
func Release(op string) {
	detector.Off()
	probe.Stay()
	if s := current.Load(); s != nil {
		if s.Polled {
			s.reach(op, nil)
		} else {
			s.pass(op)
			s.arrived()
		}
	}
	detector.On()
}

// Changed tells the controller that a [Gate] may have become ready without any
// goroutine having come to a yield point: what a timer woke may end without one.
//
//go:norace
func Changed() {
	detector.Off()
	if s := current.Load(); s != nil {
		s.arrived()
	}
	detector.On()
}

// Poll is At for an operation that asks whether another has happened, without
// waiting for it. From then on Release is a yield point like others.
//
//go:norace
func Poll(op string) {
	detector.Off()
	probe.Stay()
	if s := current.Load(); s != nil {
		s.Polled = true
		s.reach(op, nil)
	}
	detector.On()
}

// stay is [probe.Stay] where nothing else happens.
//
//go:norace
func stay() {
	detector.Off()
	probe.Stay()
	detector.On()
}

// Exploring says whether there is an exploration.
//
//go:norace
func Exploring() bool {
	detector.Off()
	exploring := current.Load() != nil
	detector.On()
	return exploring
}

// Epoch numbers explored schedules; it is 0 outside of one. What a goroutine of
// an earlier schedule has left locked in a package-level lock, nobody will ever
// unlock.
//
//go:norace
func Epoch() (n uint64) {
	detector.Off()
	if s := current.Load(); s != nil {
		n = s.epoch
	}
	detector.On()
	return n
}

// Go wraps a function that the runtime will call on a goroutine of its own,
// for instance that of time.AfterFunc.
func Go(f func()) func() {
	if f == nil {
		return nil
	}
	start := enroll()
	return func() {
		start()
		defer Catch()
		f()
	}
}

// enroll returns the start of a goroutine that may not descend from one of the
// exploration: it belongs to the schedule in which enroll was called.
//
//go:norace
func enroll() func() {
	detector.Off()
	s := current.Load()
	var order int
	if s != nil {
		order = s.nextOrder()
	}
	detector.On()
	return func() { startIn(s, order) }
}

//go:norace
func startIn(s *Schedule, order int) {
	detector.Off()
	if s != nil && s == current.Load() {
		s.begin(order)
	}
	detector.On()
}

// Fatal ends the program's part in the exploration with a finding, where the
// real primitive would end the process with a fatal error that says text. It
// returns only when there is no exploration.
//
//go:norace
func Fatal(text string) {
	s := directed()
	if s == nil {
		return
	}
	crash := &Crash{text, string(debug.Stack())}
	Publish()
	detector.Off()
	s.crash(crash)
}

// directed returns the schedule whose controller decides what happens next, nil
// when there is none.
//
//go:norace
func directed() *Schedule {
	detector.Off()
	s := current.Load()
	if s != nil && s.free() {
		s = nil
	}
	detector.On()
	return s
}

// published stands for what goroutines of an exploration leave behind for the
// test that runs it.
var published byte

// Publish orders what the calling goroutine has done before the test's next
// Collect. It orders nothing among the goroutines of an exploration.
func Publish() { detector.ReleaseMerge(unsafe.Pointer(&published)) }

// Collect comes after every Publish.
func Collect() { detector.Acquire(unsafe.Pointer(&published)) }

// Panic is Fatal for a panic that nothing will recover; call it from the
// deferred function that has recovered p.
func Panic(p any) { Fatal(fmt.Sprint(p)) }

// Catch is deferred by every goroutine of rewritten code: a panic that would end
// the process is a finding of the exploration, with the schedule that led to it.
func Catch() {
	if directed() == nil {
		return // the panic goes on
	}
	if p := recover(); p != nil {
		Panic(p)
		panic(p)
	}
}

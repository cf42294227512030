// Package waits knows which goroutines wait for a lock, and where the lock was taken.
// The locks of package explore/sync tell it, package probe asks.
//
// Nothing here orders goroutines in the eyes of the race detector.
package waits

import (
	"runtime"
	"sync"

	"gorutinas/exercises/internal/detector"
)

// Stack is a place in the program, the innermost call first. All zeros is nowhere.
type Stack [16]uintptr

// Locate makes s the place skip calls above its caller, whose own place is 0.
//
//go:norace
func (s *Stack) Locate(skip int) {
	*s = Stack{}
	runtime.Callers(skip+2, s[:])
}

// PCs returns the calls of s, for [runtime.CallersFrames].
func (s *Stack) PCs() []uintptr {
	n := 0
	for n < len(s) && s[n] != 0 {
		n++
	}
	return s[:n]
}

// Wait is a goroutine that waits for a lock which somebody has taken.
type Wait struct {
	At     Stack
	Holder Stack // where the lock was taken; nowhere when that is unknown
	lock   *Stack
	next   *Wait
}

var current struct {
	sync.Mutex
	first *Wait
}

// Begin notes that w has begun. The lock keeps in holder where it was taken.
//
//go:norace
func (w *Wait) Begin(holder *Stack) {
	detector.Off()
	current.Lock()
	w.lock = holder
	w.next = current.first
	current.first = w
	current.Unlock()
	detector.On()
}

// End notes that w is over.
//
//go:norace
func (w *Wait) End() {
	detector.Off()
	current.Lock()
	at := &current.first
	for *at != w {
		at = &(*at).next
	}
	*at = w.next
	current.Unlock()
	detector.On()
}

// Of returns the wait at a place for a lock that keeps in holder where it was taken.
// The lock is the program's own: the race detector must not see that it is read.
//
//go:norace
func Of(at Stack, holder *Stack) Wait {
	w := Wait{At: at}
	for i := range w.Holder {
		w.Holder[i] = holder[i]
	}
	return w
}

// All returns the waits that have begun and are not over, the last to begin first.
// In an exploration, goroutines wait for its controller instead: see
// [gorutinas/exercises/internal/explore/point.Schedule.Waits].
//
//go:norace
func All() (all []Wait) {
	detector.Off()
	current.Lock()
	for w := current.first; w != nil; w = w.next {
		all = append(all, Of(w.At, w.lock))
	}
	current.Unlock()
	detector.On()
	return all
}

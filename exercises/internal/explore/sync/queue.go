package sync

import (
	"sync"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/waits"
)

// guard guards the state of every primitive of this package, for a few
// instructions at a time. A mutex in each of them would be copied with it, and
// a copy of a locked one would hang a bubble where copying a real one is merely
// wrong.
var guard sync.Mutex

// queue holds those who wait, first come first served. A waiter has what it
// waits for when its channel is closed: whoever wakes it takes it on its
// behalf. guard guards it.
type queue struct{ first, last *waiter }

type waiter struct {
	woken chan struct{} // made by the waiter, in its bubble
	done  bool          // woken is closed
	next  *waiter
}

// Ready makes a waiter a point.Gate.
//
//go:norace
func (w *waiter) Ready() bool { return w.done }

//go:norace
func (q *queue) join() *waiter {
	w := &waiter{woken: make(chan struct{})}
	if q.last == nil {
		q.first = w
	} else {
		q.last.next = w
	}
	q.last = w
	return w
}

// after waits for the one who took a lock at holder. guard is held, and no more when
// it returns.
//
//go:norace
func (w *waiter) after(holder *waits.Stack) {
	var blocked waits.Wait
	blocked.At.Locate(3)
	blocked.Begin(holder)
	guard.Unlock()
	<-w.woken
	blocked.End()
}

// wake wakes the first waiter, if there is one.
//
//go:norace
func (q *queue) wake() bool {
	w := q.first
	if w == nil {
		return false
	}
	q.first = w.next
	if q.first == nil {
		q.last = nil
	}
	w.done = true
	close(w.woken)
	return true
}

// epoch is the explored schedule in which a lock was last used.
type epoch uint64

// passed says whether that schedule is over, and notes the present one. A lock
// that was left locked then is free again: schedules do not disturb each other.
//
//go:norace
func (e *epoch) passed() bool {
	last, now := *e, epoch(point.Epoch())
	*e = now
	return last != 0 && last != now
}

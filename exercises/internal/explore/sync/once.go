package sync

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// Once behaves as [sync.Once].
type Once struct {
	_    noCopy
	done atomic.Bool
	m    Mutex
}

// unlessRunning is a Once as a gate: Do waits only while another's f runs.
type unlessRunning Once

//go:norace
func (o *unlessRunning) Ready() bool { return (*exclusive)(&o.m).Ready() }

// Do calls f if it is the first call of Do for o. It returns when that first
// call's f has returned.
func (o *Once) Do(f func()) {
	point.Until("Do", (*unlessRunning)(o))
	if o.done.Load() {
		return
	}
	o.m.lock()
	defer point.Changed() // the gate of those that wait in Do may be open
	defer o.m.unlock()
	if o.done.Load() {
		return
	}
	defer o.done.Store(true)
	f()
}

package sync

import (
	"sync"
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/waits"
)

// Lock locks rw for writing, and waits until that is possible.
func (rw *RWMutex) Lock() {
	point.Until("Lock", (*noWriter)(rw))
	if w := rw.announce(); w != nil {
		point.Until("", w)
		wait(w)
	}
	rw.acquired()
}

// announce keeps new readers out. It returns what to wait for while there are
// others.
//
//go:norace
func (rw *RWMutex) announce() (readers *waiter) {
	detector.Read(unsafe.Pointer(rw))
	detector.Off()
	guard.Lock()
	rw.renew()
	if rw.writer {
		rw.writing.join().after(&rw.holder)
		guard.Lock()
	}
	rw.writer = true
	if rw.readers > 0 {
		readers = &waiter{woken: make(chan struct{})}
		rw.drained = readers
	}
	guard.Unlock()
	detector.On()
	return readers
}

// wait waits for w out of the race detector's sight.
//
//go:norace
func wait(w *waiter) {
	detector.Off()
	<-w.woken
	detector.On()
}

//go:norace
func (rw *RWMutex) acquired() {
	detector.Acquire(unsafe.Pointer(&rw.byWriter))
	detector.Acquire(unsafe.Pointer(&rw.byReader))
	rw.holder.Locate(2)
}

// TryLock locks rw for writing if that is possible at once, and says whether it
// did.
func (rw *RWMutex) TryLock() bool {
	point.Poll("TryLock")
	if !rw.tryLock() {
		return false
	}
	rw.acquired()
	return true
}

//go:norace
func (rw *RWMutex) tryLock() bool {
	detector.Read(unsafe.Pointer(rw))
	detector.Off()
	guard.Lock()
	rw.renew()
	free := !rw.writer && rw.readers == 0
	if free {
		rw.writer = true
	}
	guard.Unlock()
	detector.On()
	return free
}

// Unlock unlocks rw for writing. A rw not locked for writing is a fatal error.
func (rw *RWMutex) Unlock() {
	point.Release("Unlock")
	rw.unlock()
}

//go:norace
func (rw *RWMutex) unlock() {
	detector.Read(unsafe.Pointer(rw))
	detector.Release(unsafe.Pointer(&rw.byWriter))
	detector.Off()
	guard.Lock()
	rw.renew()
	wasLocked := rw.writer && rw.drained == nil
	if wasLocked {
		rw.holder = waits.Stack{}
		for rw.reading.wake() {
			rw.readers++
		}
		rw.writer = rw.writing.wake() // who is woken is the next to announce itself
	}
	guard.Unlock()
	detector.On()
	if !wasLocked {
		point.Fatal("sync: Unlock of unlocked RWMutex")
		new(sync.RWMutex).Unlock() // the real fatal error
	}
}

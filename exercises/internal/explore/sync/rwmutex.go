package sync

import (
	"sync"
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/waits"
)

// RWMutex behaves as [sync.RWMutex]: a writer that waits for the readers to
// leave keeps new ones out, and when it leaves, the readers that wait for it
// come before the next writer.
type RWMutex struct {
	_        noCopy
	writer   bool        // a writer has the lock, or waits for the readers to leave
	holder   waits.Stack // where the writer that has the lock took it
	readers  int         // that have the lock
	drained  *waiter     // the writer that waits for the readers to leave
	reading  queue       // readers that wait for the writer
	writing  queue       // writers that wait for the writer
	used     epoch
	byReader byte // its address stands for what readers released
	byWriter byte // its address stands for what writers released
}

// noWriter is a RWMutex as the gate of readers, and of writers at first.
type noWriter RWMutex

//go:norace
func (rw *noWriter) Ready() bool {
	(*RWMutex)(rw).renew()
	return !rw.writer
}

//go:norace
func (rw *noWriter) Holder() *waits.Stack { return &rw.holder }

// renew forgets what an earlier exploration left. guard is held, or everything
// stands still.
//
//go:norace
func (rw *RWMutex) renew() {
	if rw.used.passed() {
		rw.writer, rw.readers, rw.drained = false, 0, nil
		rw.holder = waits.Stack{}
		rw.reading, rw.writing = queue{}, queue{}
	}
}

// RLock locks rw for reading, and waits until that is possible.
func (rw *RWMutex) RLock() {
	point.Until("RLock", (*noWriter)(rw))
	rw.rLock()
}

//go:norace
func (rw *RWMutex) rLock() {
	detector.Read(unsafe.Pointer(rw))
	detector.Off()
	guard.Lock()
	rw.renew()
	if rw.writer {
		rw.reading.join().after(&rw.holder)
	} else {
		rw.readers++
		guard.Unlock()
	}
	detector.On()
	detector.Acquire(unsafe.Pointer(&rw.byWriter))
}

// TryRLock locks rw for reading if that is possible at once, and says whether
// it did.
func (rw *RWMutex) TryRLock() bool {
	point.Poll("TryRLock")
	return rw.tryRLock()
}

//go:norace
func (rw *RWMutex) tryRLock() bool {
	detector.Read(unsafe.Pointer(rw))
	detector.Off()
	guard.Lock()
	rw.renew()
	free := !rw.writer
	if free {
		rw.readers++
	}
	guard.Unlock()
	detector.On()
	if free {
		detector.Acquire(unsafe.Pointer(&rw.byWriter))
	}
	return free
}

// RUnlock undoes one RLock. A rw not locked for reading is a fatal error.
func (rw *RWMutex) RUnlock() {
	point.Release("RUnlock")
	rw.rUnlock()
}

//go:norace
func (rw *RWMutex) rUnlock() {
	detector.Read(unsafe.Pointer(rw))
	detector.ReleaseMerge(unsafe.Pointer(&rw.byReader))
	detector.Off()
	guard.Lock()
	rw.renew()
	wasLocked := rw.readers > 0
	if wasLocked {
		rw.readers--
	}
	if w := rw.drained; rw.readers == 0 && w != nil {
		rw.drained = nil
		w.done = true
		close(w.woken)
	}
	guard.Unlock()
	detector.On()
	if !wasLocked {
		point.Fatal("sync: RUnlock of unlocked RWMutex")
		new(sync.RWMutex).RUnlock() // the real fatal error
	}
}

// RLocker returns a Locker that calls RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

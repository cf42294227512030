package sync

import (
	"sync"
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/waits"
)

// Locker is [sync.Locker].
type Locker = sync.Locker

// noCopy makes vet's copylocks report copies.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Mutex behaves as [sync.Mutex]. Its operations count as reads of it, so that
// overwriting one that is in use is a data race as it is with the real one.
type Mutex struct {
	_       noCopy
	locked  bool
	holder  waits.Stack // where it was locked last
	waiters queue
	used    epoch
}

// exclusive is a Mutex as a gate.
type exclusive Mutex

//go:norace
func (m *exclusive) Ready() bool {
	(*Mutex)(m).renew()
	return !m.locked
}

//go:norace
func (m *exclusive) Holder() *waits.Stack { return &m.holder }

// renew forgets what an earlier exploration left. guard is held, or everything
// stands still.
//
//go:norace
func (m *Mutex) renew() {
	if m.used.passed() {
		m.locked, m.waiters = false, queue{}
	}
}

// Lock locks m, and waits until that is possible.
func (m *Mutex) Lock() {
	point.Until("Lock", (*exclusive)(m))
	m.lock()
}

//go:norace
func (m *Mutex) lock() {
	detector.Read(unsafe.Pointer(m))
	detector.Off()
	guard.Lock()
	m.renew()
	if m.locked {
		m.waiters.join().after(&m.holder)
	} else {
		m.locked = true
		guard.Unlock()
	}
	m.holder.Locate(2)
	detector.On()
	detector.Acquire(unsafe.Pointer(m))
}

// TryLock locks m if that is possible at once, and says whether it did.
func (m *Mutex) TryLock() bool {
	point.Poll("TryLock")
	return m.tryLock()
}

//go:norace
func (m *Mutex) tryLock() bool {
	detector.Read(unsafe.Pointer(m))
	detector.Off()
	guard.Lock()
	m.renew()
	free := !m.locked
	m.locked = true
	if free {
		m.holder.Locate(2)
	}
	guard.Unlock()
	detector.On()
	if free {
		detector.Acquire(unsafe.Pointer(m))
	}
	return free
}

// Unlock unlocks m. An unlocked m is a fatal error.
func (m *Mutex) Unlock() {
	point.Release("Unlock")
	m.unlock()
}

//go:norace
func (m *Mutex) unlock() {
	detector.Read(unsafe.Pointer(m))
	detector.Release(unsafe.Pointer(m))
	detector.Off()
	guard.Lock()
	m.renew()
	wasLocked := m.locked
	m.locked = m.waiters.wake() // who is woken has the lock
	guard.Unlock()
	detector.On()
	if !wasLocked {
		point.Fatal("sync: unlock of unlocked mutex")
		new(sync.Mutex).Unlock() // the real fatal error
	}
}

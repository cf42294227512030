package sync

import (
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
)

// WaitGroup behaves as [sync.WaitGroup].
type WaitGroup struct {
	_       noCopy
	counter int32
	waiters queue
	misuse  byte // its address is where Add and Wait race when they must not
}

// Add adds delta, which may be negative, to the counter.
func (wg *WaitGroup) Add(delta int) {
	if delta > 0 {
		point.At("Add")
	} else {
		point.Release("Done")
	}
	if wg.add(delta) < 0 {
		panic("sync: negative WaitGroup counter")
	}
}

//go:norace
func (wg *WaitGroup) add(delta int) int32 {
	detector.Read(unsafe.Pointer(wg))
	if delta < 0 {
		detector.ReleaseMerge(unsafe.Pointer(wg))
	}
	detector.Off()
	guard.Lock()
	wg.counter += int32(delta)
	n := wg.counter
	for n == 0 && wg.waiters.wake() {
	}
	guard.Unlock()
	if delta > 0 && n == int32(delta) {
		detector.Read(unsafe.Pointer(&wg.misuse)) // the first Add must be ordered before Wait
	}
	detector.On()
	return n
}

// Done takes one off the counter.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait waits until the counter is zero.
func (wg *WaitGroup) Wait() {
	point.At("Wait")
	reused := false
	if w := wg.join(); w != nil {
		point.Until("", w)
		reused = wg.await(w)
	}
	detector.Acquire(unsafe.Pointer(wg))
	if reused {
		panic("sync: WaitGroup is reused before previous Wait has returned")
	}
}

// join returns what to wait for, nil when there is nothing.
//
//go:norace
func (wg *WaitGroup) join() (w *waiter) {
	detector.Read(unsafe.Pointer(wg))
	detector.Off()
	guard.Lock()
	if wg.counter > 0 {
		if wg.waiters.first == nil {
			detector.Write(unsafe.Pointer(&wg.misuse))
		}
		w = wg.waiters.join()
	}
	guard.Unlock()
	detector.On()
	return w
}

// await waits for w and says whether the counter has left zero since.
//
//go:norace
func (wg *WaitGroup) await(w *waiter) bool {
	detector.Off()
	<-w.woken
	guard.Lock()
	reused := wg.counter != 0 || wg.waiters.first != nil
	guard.Unlock()
	detector.On()
	return reused
}

// Go calls f on a new goroutine that the group waits for.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		point.At("start")
		defer wg.ended()
		f()
	}()
	point.At("go")
}

// ended is deferred: Done, unless the goroutine panics, since the process must
// not get to its end before it has died of that.
func (wg *WaitGroup) ended() {
	if p := recover(); p != nil {
		point.Panic(p)
		panic(p)
	}
	wg.Done()
}

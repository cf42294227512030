package sync

import (
	"unsafe"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/point"
)

// Cond behaves as [sync.Cond].
type Cond struct {
	_ noCopy

	// L is held while observing or changing the condition.
	L Locker

	waiters queue
	checker copyChecker
}

// NewCond returns a Cond with Locker l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits for Signal or Broadcast, and locks c.L again.
func (c *Cond) Wait() {
	c.checker.check()
	point.At("Wait")
	w := c.join()
	c.L.Unlock()
	point.Until("", w)
	wait(w)
	c.L.Lock()
}

//go:norace
func (c *Cond) join() *waiter {
	detector.Off()
	guard.Lock()
	w := c.waiters.join()
	guard.Unlock()
	detector.On()
	return w
}

// Signal wakes one goroutine that waits on c, if there is any.
func (c *Cond) Signal() {
	c.checker.check()
	point.At("Signal")
	c.wake(false)
}

// Broadcast wakes all goroutines that wait on c.
func (c *Cond) Broadcast() {
	c.checker.check()
	point.At("Broadcast")
	c.wake(true)
}

//go:norace
func (c *Cond) wake(all bool) {
	detector.Off()
	guard.Lock()
	for c.waiters.wake() && all {
	}
	guard.Unlock()
	detector.On()
}

// copyChecker holds its own address, once used.
type copyChecker uintptr

//go:norace
func (c *copyChecker) check() {
	self := uintptr(unsafe.Pointer(c))
	detector.Off()
	guard.Lock()
	if *c == 0 {
		*c = copyChecker(self)
	}
	copied := uintptr(*c) != self
	guard.Unlock()
	detector.On()
	if copied {
		panic("sync.Cond is copied")
	}
}

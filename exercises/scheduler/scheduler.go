// Package scheduler has cooperative multitasking: bodies that take turns, one at a
// time, and give up their turn themselves.
package scheduler

import "time"

// Scheduler lets bodies take turns.
type Scheduler struct {
	// Your fields.
}

// Coro is a body's place in its scheduler. Only that body calls its methods, and
// only on the goroutine that it was called on.
type Coro struct {
	// Your fields.
}

// New returns a scheduler without bodies.
func New() *Scheduler {
	return nil
}

// Spawn adds a body, which goes last. It is called before Run or by a body, and
// starts no goroutine before Run. A nil body panics.
func (s *Scheduler) Spawn(body func(c *Coro)) {
}

// Run executes the bodies one at a time, in turn, in the order spawned, until all
// have ended. It is called once.
//
// A panic in a body makes Run panic with the same value, after the other bodies
// have been unwound: one at a time, their deferred calls run. A body that has not
// begun then never runs.
func (s *Scheduler) Run() {
}

// Yield lets the others run and goes last. While bodies are unwound it unwinds at
// once.
func (c *Coro) Yield() {
}

// Sleep lets the others run and takes the last place in turn once d has passed: it
// comes before anyone who yields or is spawned later. Equal wake-up times keep the
// order of going to sleep. For d <= 0 it is Yield. While bodies are unwound it
// unwinds at once.
func (c *Coro) Sleep(d time.Duration) {
}

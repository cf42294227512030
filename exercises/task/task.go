// Package task drives bodies that wait for futures without blocking each other:
// one loop, one body at a time, as asyncio does behind async and await.
package task

import "context"

// Future is a value that comes later. It is made by NewFuture.
type Future struct {
	// Your fields.
}

// NewFuture returns a future that is not resolved.
func NewFuture() *Future {
	return nil
}

// Resolve gives f its value, which may be nil, and makes the tasks that await f
// ready, in the order in which they awaited it. It may be called from any
// goroutine, whether the loop runs or not, and runs no body itself. A second
// Resolve of the same future panics.
func (f *Future) Resolve(v any) {
}

// Loop runs tasks. It is made by NewLoop.
type Loop struct {
	// Your fields.
}

// NewLoop returns a loop without tasks.
func NewLoop() *Loop {
	return nil
}

// Go makes a task of body and returns the future of body's result. It is called
// before Run, when it starts no goroutine, or from a body. Bodies begin in the
// order of Go. Go panics when body is nil.
//
// The await that body gets is for body's own goroutine. It returns the value of a
// future: at once, without giving up the turn, when the future is resolved, and
// else at the task's next turn after that, while others run.
func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	return nil
}

// Run runs the tasks' bodies, one at a time, until all have ended, and returns
// nil. When it has nothing to run it sleeps.
//
// When ctx is done, suspended bodies unwind, one at a time: their await does not
// return, their deferred calls run, and an await in one of those unwinds at once.
// Bodies that have not begun never do. Run then returns ctx's error. When a body
// panics, Run unwinds the others in the same way and then panics with the same
// value. No goroutine stays.
func (l *Loop) Run(ctx context.Context) error {
	return nil
}

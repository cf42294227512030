// Package task drives bodies that wait for futures. In this style, the seed's own,
// a future has callbacks, a task leaves its step there, and the loop runs what was
// posted. Goexit unwinds.
package task

import (
	"context"
	"fmt"
	"runtime"
	"sync"
)

// Future is a value that comes later.
type Future struct {
	mu        sync.Mutex
	result    []any // one when resolved
	callbacks []func()
}

// NewFuture returns a future that is not resolved.
func NewFuture() *Future { return &Future{} }

// Resolve gives f its value.
func (f *Future) Resolve(v any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.result) > 0 {
		panic(fmt.Errorf("task: a future is resolved once"))
	}
	f.result = []any{v}
	for _, post := range f.callbacks {
		post() // nobody gets the value before all have been posted
	}
}

// peek returns the value, or leaves call with f.
func (f *Future) peek(call func()) (any, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.result) > 0 {
		return f.result[0], true
	}
	if call != nil {
		f.callbacks = append(f.callbacks, call)
	}
	return nil, false
}

// Loop runs tasks.
type Loop struct {
	steps chan []func() // holds the one list of what to do
	more  chan struct{} // there may be something in it

	unended int
	started map[*task]struct{}
}

// NewLoop returns a loop without tasks.
func NewLoop() *Loop {
	l := &Loop{steps: make(chan []func(), 1), more: make(chan struct{}, 1), started: map[*task]struct{}{}}
	l.steps <- nil
	return l
}

func (l *Loop) post(step func()) {
	l.steps <- append(<-l.steps, step)
	select {
	case l.more <- struct{}{}:
	default:
	}
}

func (l *Loop) take() (step func()) {
	steps := <-l.steps
	if len(steps) > 0 {
		step, steps = steps[0], steps[1:]
	}
	l.steps <- steps
	return step
}

type task struct {
	loop    *Loop
	resumed chan bool   // false: unwind
	paused  chan string // "paused" or "ended" or "panicked"
	cause   any
	leaving bool
}

// Go makes a task of body.
func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: body is nil")
	}
	f := NewFuture()
	l.unended++
	l.post(func() { l.start(body, f) })
	return f
}

func (l *Loop) start(body func(await func(*Future) any) any, f *Future) {
	t := &task{loop: l, resumed: make(chan bool), paused: make(chan string)}
	l.started[t] = struct{}{}
	go func() {
		how := "panicked"
		defer func() {
			if !t.leaving && how == "panicked" {
				t.cause = recover()
			} else {
				_ = recover()
			}
			t.paused <- how
		}()
		f.Resolve(body(t.await))
		how = "ended"
	}()
	t.listen()
}

// listen waits until t pauses or ends, and passes on its panic.
func (t *task) listen() {
	how := <-t.paused
	if how == "paused" {
		return
	}
	delete(t.loop.started, t)
	t.loop.unended--
	if how == "panicked" && !t.leaving {
		panic(t.cause)
	}
}

func (t *task) step(goOn bool) {
	t.resumed <- goOn
	t.listen()
}

func (t *task) await(f *Future) any {
	if t.leaving {
		runtime.Goexit()
	}
	v, ok := f.peek(func() { t.loop.post(func() { t.step(true) }) })
	if ok {
		return v
	}
	t.paused <- "paused"
	if goOn := <-t.resumed; !goOn {
		runtime.Goexit()
	}
	v, _ = f.peek(nil)
	return v
}

// Run runs the tasks' bodies.
func (l *Loop) Run(ctx context.Context) error {
	defer func() {
		for t := range l.started {
			t.leaving = true
			t.step(false)
		}
	}()
	for l.unended > 0 {
		if err := context.Cause(ctx); err != nil {
			return fmt.Errorf("task: %w: %w", ctx.Err(), err)
		}
		if step := l.take(); step != nil {
			step()
			continue
		}
		select {
		case <-ctx.Done():
		case <-l.more:
		}
	}
	return nil
}

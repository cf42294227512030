// Rejected: TestOneAtATime race|fail: every body is a goroutine that runs when it likes

// Package task drives bodies that wait for futures.
package task

import (
	"context"
	"sync"
)

// Future is a value that comes later.
type Future struct {
	mu       sync.Mutex
	resolved bool
	value    any
	done     chan struct{}
}

// NewFuture returns a future that is not resolved.
func NewFuture() *Future { return &Future{done: make(chan struct{})} }

// Resolve gives f its value.
func (f *Future) Resolve(v any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.resolved {
		panic("task: Resolve of a resolved future")
	}
	f.resolved, f.value = true, v
	close(f.done)
}

// Loop runs tasks.
type Loop struct {
	mu      sync.Mutex
	running bool
	waiting []func()
	bodies  sync.WaitGroup
	ctx     context.Context
}

// NewLoop returns a loop without tasks.
func NewLoop() *Loop { return &Loop{} }

type unwound struct{}

// Go makes a task of body.
func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: Go of a nil body")
	}
	result := NewFuture()
	start := func() {
		l.bodies.Go(func() {
			defer func() { _ = recover() }()
			result.Resolve(body(l.await))
		})
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running {
		start()
	} else {
		l.waiting = append(l.waiting, start)
	}
	return result
}

func (l *Loop) await(f *Future) any {
	select {
	case <-f.done:
		return f.value
	case <-l.ctx.Done():
		panic(unwound{})
	}
}

// Run runs the tasks' bodies.
func (l *Loop) Run(ctx context.Context) error {
	l.mu.Lock()
	l.running, l.ctx = true, ctx
	l.mu.Unlock()
	for _, start := range l.waiting {
		start()
	}
	l.bodies.Wait()
	return ctx.Err()
}

// Rejected: TestAwait fail: a second Resolve panics, but its value has replaced the first by then.

package task

import (
	"context"
	"iter"
	"slices"
	"sync"
)

type Future struct {
	mu       sync.Mutex
	resolved bool
	value    any
	waiting  []*task
}

func NewFuture() *Future { return &Future{} }

func (f *Future) Resolve(v any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	again := f.resolved
	f.resolved, f.value = true, v
	if again {
		panic("task: Resolve of a resolved future")
	}
	tell(f.waiting)
	f.waiting = nil
}

// tell lines up tasks, those of a loop all at once.
func tell(tasks []*task) {
	loops := map[*Loop][]*task{}
	for _, t := range tasks {
		loops[t.loop] = append(loops[t.loop], t)
	}
	for l, its := range loops {
		l.enqueue(its...)
	}
}

// get returns the value. While there is none t is left waiting.
func (f *Future) get(t *task) (v any, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.resolved {
		f.waiting = append(f.waiting, t)
	}
	return f.value, f.resolved
}

type Loop struct {
	unended int
	begun   []*task

	mu    sync.Mutex
	ready []*task // guarded by mu
	wake  chan struct{}
}

type task struct {
	loop      *Loop
	body      func(await func(*Future) any) any
	result    *Future
	resume    func() (struct{}, bool)
	stop      func()
	suspend   func(struct{}) bool
	unwinding bool
}

func NewLoop() *Loop { return &Loop{wake: make(chan struct{}, 1)} }

func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: nil body")
	}
	t := &task{loop: l, body: body, result: NewFuture()}
	l.unended++
	l.enqueue(t)
	return t.result
}

func (l *Loop) enqueue(tasks ...*task) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ready = append(l.ready, tasks...)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *Loop) dequeue() *task {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.ready) == 0 {
		return nil
	}
	t := l.ready[0]
	l.ready = l.ready[1:]
	return t
}

func (l *Loop) Run(ctx context.Context) error {
	defer l.unwind()
	for l.unended > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if t := l.dequeue(); t != nil {
			t.step()
			continue
		}
		select {
		case <-l.wake:
		case <-ctx.Done():
		}
	}
	return nil
}

func (l *Loop) unwind() {
	for len(l.begun) > 0 {
		t := l.begun[0]
		t.unwinding = true
		t.stop()
	}
}

func (t *task) step() {
	if t.resume == nil {
		t.loop.begun = append(t.loop.begun, t)
		t.resume, t.stop = iter.Pull(t.run)
	}
	t.resume()
}

type unwound struct{}

func (t *task) run(suspend func(struct{}) bool) {
	defer t.end()
	t.suspend = suspend
	t.result.Resolve(t.body(t.await))
}

func (t *task) end() {
	t.loop.unended--
	t.loop.begun = slices.DeleteFunc(t.loop.begun, func(other *task) bool { return other == t })
	if t.unwinding {
		_ = recover()
	}
}

func (t *task) await(f *Future) any {
	t.check()
	v, ok := f.get(t)
	if !ok {
		t.suspend(struct{}{})
		t.check()
		v, _ = f.get(t)
	}
	return v
}

func (t *task) check() {
	if t.unwinding {
		panic(unwound{})
	}
}

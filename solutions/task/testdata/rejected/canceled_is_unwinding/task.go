// Rejected: TestPanic fail: await unwinds with context.Canceled, and a body that panics with it counts as unwound.

// Package task drives bodies that wait for futures. In this style each body has a
// goroutine, and a baton says which of them, or Run, may go on; one lock and a
// condition guard everything.
package task

import (
	"context"
	"sync"
)

var lock sync.Mutex // guards futures and queues

// Future is a value that comes later.
type Future struct {
	done    bool
	value   any
	waiters []*runner
}

// NewFuture returns a future that is not resolved.
func NewFuture() *Future { return new(Future) }

// Resolve gives f its value.
func (f *Future) Resolve(v any) {
	lock.Lock()
	defer lock.Unlock()
	if f.done {
		panic("task: resolved twice")
	}
	f.done, f.value = true, v
	for _, r := range f.waiters {
		r.loop.queue = append(r.loop.queue, r)
		r.loop.changed.Signal()
	}
	f.waiters = nil
}

// Loop runs tasks.
type Loop struct {
	queue   []*runner
	changed *sync.Cond
	live    map[*runner]bool // begun, not ended
	tasks   int              // not ended
	baton   chan struct{}    // back to Run
	crash   any
	crashed bool
}

type runner struct {
	loop     *Loop
	body     func(func(*Future) any) any
	future   *Future
	baton    chan struct{}
	quitting bool
}

// NewLoop returns a loop without tasks.
func NewLoop() *Loop {
	return &Loop{changed: sync.NewCond(&lock), live: map[*runner]bool{}, baton: make(chan struct{})}
}

// Go makes a task of body.
func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: nil body")
	}
	r := &runner{loop: l, body: body, future: NewFuture()}
	lock.Lock()
	defer lock.Unlock()
	l.tasks++
	l.queue = append(l.queue, r)
	return r.future
}

// Run runs the tasks' bodies.
func (l *Loop) Run(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() {
		lock.Lock()
		defer lock.Unlock()
		l.changed.Broadcast()
	})
	defer stop()
	err := l.turns(ctx)
	for r := range l.live {
		r.quitting = true
		l.pass(r)
	}
	if l.crashed {
		panic(l.crash)
	}
	return err
}

func (l *Loop) turns(ctx context.Context) error {
	for !l.crashed {
		lock.Lock()
		for l.tasks > 0 && len(l.queue) == 0 && ctx.Err() == nil {
			l.changed.Wait()
		}
		if l.tasks == 0 {
			lock.Unlock()
			return nil
		}
		if ctx.Err() != nil {
			lock.Unlock()
			return ctx.Err()
		}
		r := l.queue[0]
		l.queue = l.queue[1:]
		lock.Unlock()
		l.pass(r)
	}
	return nil
}

// pass gives r the baton and waits until it comes back.
func (l *Loop) pass(r *runner) {
	if r.baton == nil {
		r.baton = make(chan struct{})
		l.live[r] = true
		go r.run()
	} else {
		r.baton <- struct{}{}
	}
	<-l.baton
}

func (r *runner) run() {
	defer func() {
		p := recover()
		if p != nil && p != context.Canceled { // else it is what await unwinds with
			r.loop.crash, r.loop.crashed = p, true
		}
		delete(r.loop.live, r)
		lock.Lock()
		r.loop.tasks--
		lock.Unlock()
		r.loop.baton <- struct{}{}
	}()
	r.future.Resolve(r.body(r.await))
}

func (r *runner) await(f *Future) any {
	if r.quitting {
		panic(context.Canceled)
	}
	lock.Lock()
	if !f.done {
		f.waiters = append(f.waiters, r)
		lock.Unlock()
		r.loop.baton <- struct{}{}
		<-r.baton
		if r.quitting {
			panic(context.Canceled)
		}
		lock.Lock()
	}
	defer lock.Unlock()
	return f.value
}

// Rejected: TestCount leak: a goroutine does the counting, and stays for a second when there is nothing to count.
package refcount

import (
	"sync"
	"time"
)

type Ref[T any] struct {
	value T
	free  func(T)

	mu      sync.Mutex
	running bool
	count   int
	work    chan func()
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: free is nil")
	}
	return &Ref[T]{value: value, free: free, count: 1, work: make(chan func(), 1)}
}

func (r *Ref[T]) do(f func()) {
	done := make(chan struct{})
	r.mu.Lock()
	if !r.running {
		r.running = true
		go r.serve()
	}
	r.work <- func() { defer close(done); f() }
	r.mu.Unlock()
	<-done
}

func (r *Ref[T]) serve() {
	for {
		select {
		case f := <-r.work:
			f()
		case <-time.After(time.Second):
			r.mu.Lock()
			select {
			case f := <-r.work:
				r.mu.Unlock()
				f()
				continue
			default:
			}
			r.running = false
			r.mu.Unlock()
			return
		}
	}
}

func (r *Ref[T]) Acquire() (v T, ok bool) {
	r.do(func() {
		if r.count > 0 {
			r.count++
			v, ok = r.value, true
		}
	})
	return v, ok
}

func (r *Ref[T]) Release() {
	var before int
	r.do(func() {
		before = r.count
		r.count = max(0, r.count-1)
	})
	switch before {
	case 0:
		panic("refcount: Release at 0")
	case 1:
		r.free(r.value)
	}
}

func (r *Ref[T]) Count() (n int) {
	r.do(func() { n = r.count })
	return n
}

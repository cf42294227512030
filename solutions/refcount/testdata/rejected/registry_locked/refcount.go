// Rejected: TestWhileFreeRuns fail: free runs under the read lock of a registry for which New takes the write lock.

package refcount

import (
	"fmt"
	"sync"
)

// registry numbers the references of the program.
var registry struct {
	sync.RWMutex
	made int
}

type Ref[T any] struct {
	number int
	value  T
	free   func(T)

	mu    sync.Mutex
	count int // guarded by mu
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	registry.Lock()
	defer registry.Unlock()
	registry.made++
	return &Ref[T]{number: registry.made, value: value, free: free, count: 1}
}

func (r *Ref[T]) Acquire() (value T, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		return value, false
	}
	r.count++
	return r.value, true
}

func (r *Ref[T]) Release() {
	if r.drop() > 0 {
		return
	}
	// No new ones while something goes; others may go at the same time.
	registry.RLock()
	defer registry.RUnlock()
	r.free(r.value)
}

func (r *Ref[T]) drop() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		panic(fmt.Sprintf("refcount: Release of number %d at 0", r.number))
	}
	r.count--
	return r.count
}

func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

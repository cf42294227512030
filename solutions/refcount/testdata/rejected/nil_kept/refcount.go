// Rejected: TestFreeOnce fail: a nil value is not freed.

// Package refcount counts the references to a value, as CPython does for each of
// its objects, and frees the value when the last one goes.
package refcount

import "sync"

// Ref is a value with a count of those who hold it. Its methods may be called
// from any number of goroutines at the same time.
type Ref[T any] struct {
	value T
	free  func(T)

	mu    sync.Mutex
	count int // guarded by mu; once it is 0 it stays 0
}

// New returns a reference to value whose count is 1: the caller's own. free is
// called once, with value, when the count comes down to 0. New panics when free
// is nil.
func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: New needs a function that frees the value")
	}
	return &Ref[T]{value: value, free: free, count: 1}
}

// Acquire adds one to the count and returns the value and true. Once the count
// has reached 0 it changes nothing and returns the zero T and false, for ever.
func (r *Ref[T]) Acquire() (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == 0 {
		var none T
		return none, false
	}
	r.count++
	return r.value, true
}

// Release takes one from the count. The Release that brings it to 0 calls
// free(value) before it returns. At 0 Release panics and changes nothing.
func (r *Ref[T]) Release() {
	// free runs without the lock: it may take long, and may use r itself. Nobody
	// else can call it meanwhile, since nobody leaves 0.
	if r.drop() == 0 && any(r.value) != nil {
		r.free(r.value)
	}
}

// drop takes one from the count and returns what is left, as one step: a second
// look at the count could see what others have done since, and let two of them
// call free.
func (r *Ref[T]) drop() (left int) {
	r.mu.Lock()
	defer r.mu.Unlock() // on the way of a panic, too
	if r.count == 0 {
		panic("refcount: Release of a reference that nobody holds")
	}
	r.count--
	return r.count
}

// Count returns how many hold the value: 0 from the moment the last one has let
// go, also while free runs.
func (r *Ref[T]) Count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

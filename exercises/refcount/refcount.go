// Package refcount counts the references to a value, as CPython does for each of
// its objects, and frees the value when the last one goes.
package refcount

// Ref is a value with a count of those who hold it. Its methods may be called
// from any number of goroutines at the same time.
type Ref[T any] struct {
	// Your fields.
}

// New returns a reference to value whose count is 1: the caller's own. free is
// called once, with value, when the count comes down to 0. New panics when free
// is nil.
func New[T any](value T, free func(T)) *Ref[T] {
	return nil
}

// Acquire adds one to the count and returns the value and true. Once the count
// has reached 0 it changes nothing and returns the zero T and false, for ever.
// It never waits for free.
func (r *Ref[T]) Acquire() (T, bool) {
	var none T
	return none, false
}

// Release takes one from the count. The Release that brings it to 0 calls
// free(value) before it returns; free may use the Ref meanwhile, and so may
// everybody else. At 0 Release panics and changes nothing, at once, even while
// free runs.
func (r *Ref[T]) Release() {
}

// Count returns how many hold the value: 0 from the moment the last one has let
// go, also while free runs.
func (r *Ref[T]) Count() int {
	return 0
}

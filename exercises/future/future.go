// Package future has results that are not there yet: whoever needs one waits for
// it, or leaves a callback.
package future

import "context"

// Future is the outcome, a value and an error, of something that may still be
// under way. All its methods may be called from any number of goroutines at the
// same time.
type Future[T any] struct {
	// Your fields.
}

// New returns an unresolved future, and the function that resolves it. The first
// call of resolve sets the outcome, calls the callbacks and returns true; every
// later one changes nothing and returns false.
func New[T any]() (f *Future[T], resolve func(T, error) bool) {
	return nil, nil
}

// Await waits until f is resolved and returns its outcome, to any number of
// callers. A resolved future gives its outcome even when ctx is done; an
// unresolved one gives ctx's error then.
func (f *Future[T]) Await(ctx context.Context) (T, error) {
	var zero T
	return zero, nil
}

// OnDone has fn called once with the outcome. Before f is resolved it leaves fn
// for the resolver, which calls all that were left, in order, on its own
// goroutine before resolve returns. The outcome is visible before the first of
// them; from then on OnDone calls fn itself, at once, even while earlier
// callbacks run. No lock is held around fn: it may use f. A nil fn panics.
func (f *Future[T]) OnDone(fn func(T, error)) {
}

// Start calls fn on a goroutine of its own, which resolves the future that Start
// returns with what fn returns. A nil fn panics.
func Start[T any](fn func() (T, error)) *Future[T] {
	return nil
}

// All returns a future of all values, in the order of futures, or of the first
// error as soon as it happens; of errors already there when All is called, any.
// Without futures it is resolved at once with an empty, non-nil slice. It starts
// no goroutine that an unresolved future could keep.
func All[T any](futures ...*Future[T]) *Future[[]T] {
	return nil
}

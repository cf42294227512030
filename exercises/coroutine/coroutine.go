// Package coroutine has functions that pause in the middle, hand a value out, and go
// on with a value handed in.
package coroutine

// Coroutine is a function that runs only while somebody waits in Resume or Stop. Both
// may be called from different goroutines, one at a time.
type Coroutine[In, Out any] struct {
	// Your fields.
}

// New returns a coroutine of body, which has not begun. In body, yield(v) hands v to
// the Resume that waits and pauses until the next one, whose argument it returns. A
// coroutine that was never resumed, or has finished, holds no goroutine. A nil body
// panics.
func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	return nil
}

// Resume runs the coroutine until its next yield, or its end, and returns the value
// with true: that of yield or, the last one, body's own result. The first in is
// body's argument, later ones are what yield returns. Once the coroutine has finished
// it returns the zero value and false. A panic in body goes on in Resume with the same
// value, and the coroutine has finished.
func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	var zero Out
	return zero, false
}

// Stop finishes the coroutine. When it is paused, its yield does not return: the
// deferred calls of body run before Stop returns, and a further yield in them unwinds
// again. When it was never resumed, body never runs. A second Stop does nothing.
func (c *Coroutine[In, Out]) Stop() {
}

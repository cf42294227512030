// Package executor runs blocking functions on a limited number of goroutines,
// as run_in_executor does with threads.
package executor

import (
	"context"
	"errors"
)

// ErrClosed is what Run returns once Close has been called.
var ErrClosed = errors.New("executor: closed")

// PanicError is what Run returns when its function panics.
type PanicError struct {
	Value any    // what the function panicked with
	Stack []byte // of the goroutine that panicked, as runtime.Stack gives it
}

// Error says that the function panicked, and with what.
func (e *PanicError) Error() string {
	return ""
}

// Executor runs functions, a limited number of them at a time. Make one with
// [New].
type Executor struct {
	// yours
}

// New returns an executor that runs at most workers functions at a time, and
// that many when there is work. It panics when workers is less than 1.
func New(workers int) *Executor {
	return nil
}

// Run has e call fn, waits until fn is done and returns its results. While all
// places are taken it waits in line: first come, first served.
//
// When ctx is done before fn is taken from the line, fn never runs. When ctx is
// done while fn runs, Run returns at once, the context that fn was given is
// cancelled, and fn's place stays taken until fn ends. In both cases the error
// is ctx's. (If fn has ended by then, its result may be returned.)
//
// A panic in fn comes back as a *[PanicError]; the executor goes on. After
// [Executor.Close] the error is [ErrClosed].
func Run[T any](ctx context.Context, e *Executor, fn func(context.Context) (T, error)) (T, error) {
	var zero T
	return zero, nil
}

// Close makes Run refuse new work with [ErrClosed], lets queued and running work
// finish, and returns when no goroutine of e is left. It may be called again,
// from any goroutine, also while others call Run; every call waits.
func (e *Executor) Close() {}

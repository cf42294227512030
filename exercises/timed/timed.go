// Package timed measures how long functions take, whoever calls them.
package timed

import (
	"context"
	"time"
)

// Report says how one call of a timed function went.
type Report struct {
	Name    string        // the name that Timed was given
	Elapsed time.Duration // that call's own time
	Err     error         // fn's error, or one that tells of its panic
}

// Timed returns a function that calls fn with the context it is given, returns
// fn's results unchanged, and meanwhile calls report exactly once: after fn has
// ended and before the function itself returns. Both run on the goroutine of
// the caller.
//
// When fn panics, report still gets its Report, with an Err whose text contains
// the recovered value, and the panic goes on with that same value.
//
// Calls may overlap: each measures itself, and no lock is held around report.
// Timed panics when report or fn is nil.
func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	return nil
}

// Rejected: TestElapsed fail: the arguments of a deferred call are evaluated when it is deferred, so that no time has passed.
package timed

import (
	"context"
	"time"
)

type Report struct {
	Name    string
	Elapsed time.Duration
	Err     error
}

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil || fn == nil {
		panic("timed: report and fn must not be nil")
	}
	return func(ctx context.Context) (v T, err error) {
		start := time.Now()
		defer report(Report{Name: name, Elapsed: time.Since(start), Err: err})
		v, err = fn(ctx)
		return v, err
	}
}

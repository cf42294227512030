// Rejected: TestPanicGoesOn fail: a plain defer reports a panic too, but with a nil Err.
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
		defer func() { report(Report{Name: name, Elapsed: time.Since(start), Err: err}) }()
		return fn(ctx)
	}
}

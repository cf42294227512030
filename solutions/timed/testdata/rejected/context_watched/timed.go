// Rejected: TestResultsUnchanged fail: a context that is done replaces the results of fn.
package timed

import (
	"context"
	"fmt"
	"time"
)

type Report struct {
	Name    string
	Elapsed time.Duration
	Err     error
}

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil || fn == nil {
		panic("timed: nil callback")
	}
	return func(ctx context.Context) (v T, err error) {
		start := time.Now()
		defer func() {
			p := recover()
			elapsed := time.Since(start)
			if p != nil {
				report(Report{name, elapsed, fmt.Errorf("panic: %v", p)})
				panic(p)
			}
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			report(Report{Name: name, Elapsed: elapsed, Err: err})
		}()
		return fn(ctx)
	}
}

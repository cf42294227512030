// Rejected: TestReportedOnceInTime fail: a call whose context is done is passed on without a report.
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
		panic("timed: report and fn must not be nil")
	}
	return func(ctx context.Context) (v T, err error) {
		if ctx.Err() != nil {
			return fn(ctx) // it will only say so: nothing to measure
		}
		start := time.Now()
		defer func() {
			if r := recover(); r != nil {
				report(Report{name, time.Since(start), fmt.Errorf("panic: %v", r)})
				panic(r)
			}
			report(Report{name, time.Since(start), err})
		}()
		return fn(ctx)
	}
}

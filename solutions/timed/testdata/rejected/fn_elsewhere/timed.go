// Rejected: TestReportedOnceInTime fail: fn runs on another goroutine, where a panic ends the program.
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
		done := make(chan struct{})
		go func() {
			defer close(done)
			v, err = fn(ctx)
		}()
		<-done
		report(Report{Name: name, Elapsed: time.Since(start), Err: err})
		return v, err
	}
}

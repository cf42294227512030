// Rejected: TestReportedOnceInTime leak: every call leaves a goroutine behind that ends after a while.
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
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		go func() { <-time.After(time.Minute) }() // a call that takes longer is worth a warning, some day
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			panicked := recover()
			if panicked != nil {
				r.Err = fmt.Errorf("panic: %v", panicked)
			}
			report(r)
			if panicked != nil {
				panic(panicked)
			}
		}()
		return fn(ctx)
	}
}

// Rejected: TestPanicGoesOn fail: on a panic both deferred functions report.
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
		start := time.Now()
		defer func() { report(Report{Name: name, Elapsed: time.Since(start), Err: err}) }()
		defer func() {
			if p := recover(); p != nil {
				report(Report{Name: name, Elapsed: time.Since(start), Err: fmt.Errorf("panic: %v", p)})
				panic(p)
			}
		}()
		return fn(ctx)
	}
}

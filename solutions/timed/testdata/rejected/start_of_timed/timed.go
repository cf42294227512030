// Rejected: TestElapsed fail: the clock starts when Timed is called, once for all calls.
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
	start := time.Now()
	return func(ctx context.Context) (v T, err error) {
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			p := recover()
			if p != nil {
				r.Err = fmt.Errorf("panic: %v", p)
			}
			report(r)
			if p != nil {
				panic(p)
			}
		}()
		return fn(ctx)
	}
}

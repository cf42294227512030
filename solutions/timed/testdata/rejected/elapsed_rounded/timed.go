// Rejected: TestElapsed fail: the elapsed time is cut to whole milliseconds.
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
			elapsed := time.Since(start).Truncate(time.Millisecond)
			if p != nil {
				report(Report{name, elapsed, fmt.Errorf("panic: %v", p)})
				panic(p)
			}
			report(Report{Name: name, Elapsed: elapsed, Err: err})
		}()
		return fn(ctx)
	}
}

// Rejected: TestPanicGoesOn fail: a panic of the runtime's goes on without a report.
package timed

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// Report says how one call of a timed function went.
type Report struct {
	Name    string
	Elapsed time.Duration
	Err     error
}

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil {
		panic("timed: nil report")
	}
	if fn == nil {
		panic("timed: nil fn")
	}
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		defer func() {
			elapsed := time.Since(start)
			r := recover()
			if e, ok := r.(runtime.Error); ok {
				panic(e)
			}
			if r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
			report(Report{Name: name, Elapsed: elapsed, Err: err})
			if r != nil {
				panic(r)
			}
		}()
		value, err = fn(ctx)
		return value, err
	}
}

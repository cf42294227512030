// Rejected: TestElapsed fail: Elapsed is cut at the deadline of ctx, though fn may go on.
package timed

import (
	"context"
	"fmt"
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
			if d, ok := ctx.Deadline(); ok && start.Add(elapsed).After(d) {
				elapsed = max(0, d.Sub(start))
			}
			r := recover()
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

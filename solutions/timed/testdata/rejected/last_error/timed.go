// Rejected: TestOverlappingCalls fail: the calls share the last error, which may be another's.
package timed

import (
	"context"
	"fmt"
	"sync/atomic"
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
	var last atomic.Value
	type box struct{ error }
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		defer func() {
			elapsed := time.Since(start)
			r := recover()
			if r != nil {
				last.Store(box{fmt.Errorf("panic: %v", r)})
			}
			report(Report{Name: name, Elapsed: elapsed, Err: last.Load().(box).error})
			if r != nil {
				panic(r)
			}
		}()
		value, err = fn(ctx)
		last.Store(box{err})
		return value, err
	}
}

// Rejected: TestOverlappingCalls fail: start times are kept by context, which calls may share.
package timed

import (
	"context"
	"fmt"
	"sync"
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
	var starts sync.Map // when the call with a context began
	return func(ctx context.Context) (v T, err error) {
		began, _ := starts.LoadOrStore(ctx, time.Now())
		start := began.(time.Time)
		defer func() {
			starts.Delete(ctx)
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

// Rejected: TestReportedOnceInTime fail: all reports have the name of the function that was timed first.
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

var (
	pool  sync.Mutex
	blank Report
)

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil || fn == nil {
		panic("timed: report and fn must not be nil")
	}
	pool.Lock()
	defer pool.Unlock()
	if blank.Name == "" {
		blank.Name = name
	}
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		defer func() {
			r := blank
			r.Elapsed, r.Err = time.Since(start), err
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

// Rejected: TestOverlappingCalls fail: the calls share, behind a lock, the value of the last panic, which may be of another.
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
	var mu sync.Mutex
	var last any
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			panicked := recover()
			if panicked != nil {
				mu.Lock()
				last = panicked
				r.Err = fmt.Errorf("panic: %v", last)
				mu.Unlock()
			}
			report(r)
			if panicked != nil {
				mu.Lock()
				defer mu.Unlock()
				panic(last)
			}
		}()
		return fn(ctx)
	}
}

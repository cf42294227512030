// Rejected: TestOverlappingCalls fail: reports of errors queue up behind a lock.
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
	return func(ctx context.Context) (v T, err error) {
		start := time.Now()
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			p := recover()
			if p != nil {
				r.Err = fmt.Errorf("panic: %v", p)
			}
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
			}
			report(r)
			if p != nil {
				panic(p)
			}
		}()
		return fn(ctx)
	}
}

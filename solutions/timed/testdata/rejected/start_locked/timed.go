// Rejected: TestElapsed fail: one start time for all calls, behind a lock: no race, but a later call resets the clock of an earlier one.
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
	var shared time.Time
	begin := func() {
		mu.Lock()
		defer mu.Unlock()
		shared = time.Now()
	}
	elapsed := func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		return time.Since(shared)
	}
	return func(ctx context.Context) (v T, err error) {
		begin()
		defer func() {
			r := Report{Name: name, Elapsed: elapsed(), Err: err}
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

// Rejected: TestResultsUnchanged fail: errors are counted in a map, which panics at one that cannot be a key.

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

// tally counts how often each error came.
type tally struct {
	mu    sync.Mutex
	times map[error]int
}

func (t *tally) add(err error) {
	if err == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.times[err]++
}

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil || fn == nil {
		panic("timed: report and fn must not be nil")
	}
	failures := &tally{times: map[error]int{}}
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
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
			failures.add(err)
		}()
		return fn(ctx)
	}
}

// Accepted: the start is an argument of the deferred function, evaluated when it
// is deferred, which is right for the start; two defers, one for each ending.
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
		panic(fmt.Sprintf("timed: %s: nil callback", name))
	}
	return func(ctx context.Context) (v T, err error) {
		ended := false
		defer func(start time.Time) {
			if ended {
				report(Report{name, time.Since(start), err})
			}
		}(time.Now())
		defer func(start time.Time) {
			if ended {
				return
			}
			if p := recover(); p != nil {
				report(Report{name, time.Since(start), fmt.Errorf("fn: %v", p)})
				panic(p)
			}
		}(time.Now())
		v, err = fn(ctx)
		ended = true
		return v, err
	}
}

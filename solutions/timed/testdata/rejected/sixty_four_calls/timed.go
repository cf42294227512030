// Rejected: TestOverlappingCalls fail: no more than 64 calls may overlap.

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
		panic("timed: report and fn must not be nil")
	}
	places := make(chan struct{}, 64) // a stampede would measure itself
	return func(ctx context.Context) (value T, err error) {
		places <- struct{}{}
		start := time.Now()
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			p := recover()
			<-places
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

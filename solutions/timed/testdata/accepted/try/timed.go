// Accepted: fn runs in a function of its own that turns a panic into a value, so
// that what follows reads from top to bottom.
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
	if report == nil {
		panic("timed: nil report")
	}
	if fn == nil {
		panic("timed: nil fn")
	}
	return func(ctx context.Context) (T, error) {
		start := time.Now()
		value, err, panicked := try(ctx, fn)
		elapsed := time.Since(start)
		if panicked != nil {
			report(Report{name, elapsed, fmt.Errorf("%s panicked: %v", name, panicked)})
			panic(panicked)
		}
		report(Report{name, elapsed, err})
		return value, err
	}
}

func try[T any](ctx context.Context, fn func(context.Context) (T, error)) (value T, err error, panicked any) {
	defer func() { panicked = recover() }()
	value, err = fn(ctx)
	return value, err, nil
}

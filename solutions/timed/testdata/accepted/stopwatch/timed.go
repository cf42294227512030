// Accepted: a stopwatch with a state for each call, as a class would have it in
// another language; the deferred method recovers.
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

type stopwatch struct {
	name   string
	start  time.Time
	report func(Report)
}

func (s *stopwatch) stop(err *error) {
	elapsed := time.Since(s.start)
	p := recover()
	if p == nil {
		s.report(Report{Name: s.name, Elapsed: elapsed, Err: *err})
		return
	}
	s.report(Report{Name: s.name, Elapsed: elapsed, Err: panicError{p}})
	panic(p)
}

type panicError struct{ value any }

func (e panicError) Error() string { return fmt.Sprint("recovered ", e.value) }

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	switch {
	case report == nil:
		panic("timed: report is nil")
	case fn == nil:
		panic("timed: fn is nil")
	}
	return func(ctx context.Context) (v T, err error) {
		s := &stopwatch{name, time.Now(), report}
		defer s.stop(&err)
		v, err = fn(ctx)
		return v, err
	}
}

//go:build hidden

package future_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/future"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

var (
	errPage = errors.New("no such page")
	errLine = errors.New("the line is dead")
	errNil  = errors.New("a nil future")
	errLate = errors.New("too late") // the cause of a cancellation
)

// nothing is the outcome of a future that stays unresolved.
const nothing = "nothing for an hour"

// name is err's name in these tests. The cause of a cancellation may come with ctx's
// error, not instead of it.
func name(err error) string {
	return probe.ErrorNames(err,
		probe.Named{Name: "errPage", Err: errPage},
		probe.Named{Name: "errLine", Err: errLine},
		probe.Named{Name: "no future, but nil", Err: errNil},
		probe.Named{Name: "the cause of ctx", Err: errLate, Alone: true})
}

// offGrid is no whole number of milliseconds: who looks every millisecond whether a
// future is resolved sees it too late.
const offGrid = 137 * time.Microsecond

func show(v any, err error) string { return fmt.Sprintf("(%v, %s)", v, name(err)) }

// create returns a future and its resolve, which are not nil.
func create(t *testing.T) (*future.Future[int], func(int, error) bool) {
	t.Helper()
	f, resolve := future.New[int]()
	if f == nil || resolve == nil {
		probe.Failf(t, 1, "New() returned nil")
		t.FailNow()
	}
	return f, resolve
}

// scenario explores body with a future of its own.
func scenario(t *testing.T, body func(s *explore.S, f *future.Future[int], resolve func(int, error) bool), opts ...explore.Option) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		f, resolve := future.New[int]()
		if f == nil || resolve == nil {
			s.Failf(1, "New() returned nil")
			return
		}
		body(s, f, resolve)
	}, opts...)
}

// await is what f gives to a patient caller.
func await[T any](f *future.Future[T]) string {
	v, err, ok := patiently(f)
	if !ok {
		return nothing
	}
	return show(v, err)
}

// errorOf is the name of the error that f gives to a patient caller.
func errorOf[T any](f *future.Future[T]) string {
	_, err, ok := patiently(f)
	if !ok {
		return nothing
	}
	return name(err)
}

func patiently[T any](f *future.Future[T]) (v T, err error, ok bool) {
	if f == nil {
		return v, errNil, true
	}
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Hour, errors.New("an hour"))
	defer cancel()
	v, err = f.Await(ctx)
	return v, err, ctx.Err() == nil
}

// done is a context that ended before.
func done() context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("the reader left"))
	return ctx
}

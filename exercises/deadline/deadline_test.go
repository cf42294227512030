package deadline_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gorutinas/exercises/deadline"
	"gorutinas/exercises/internal/probe"
)

// page takes as long as it takes, whatever becomes of its context. In a bubble
// the clock is virtual: the test does not wait, and the moments are exact.
func page(takes time.Duration) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		time.Sleep(takes)
		return "<html>", nil
	}
}

// A page that takes 1 s is there in time.
func TestPageInTime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		start := time.Now()
		got, err := deadline.WaitFor(t.Context(), 3*time.Second, page(time.Second))
		probe.Equal(t, 1, "WaitFor(ctx, 3s, page of 1s)", got, "<html>")
		probe.Equal(t, 1, "the error of WaitFor(ctx, 3s, page of 1s)", probe.ErrorName(err), "nil")
		probe.Equal(t, 1, "time that WaitFor(ctx, 3s, page of 1s) takes", time.Since(start), time.Second)
	})
}

// One that takes 9 s is given up after 3 s.
func TestPageTooLate(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		start := time.Now()
		got, err := deadline.WaitFor(t.Context(), 3*time.Second, page(9*time.Second))
		probe.Equal(t, 2, "WaitFor(ctx, 3s, page of 9s)", got, "")
		if !errors.Is(err, context.DeadlineExceeded) {
			probe.Fail(t, 2, "the error of WaitFor(ctx, 3s, page of 9s)", probe.ErrorName(err), "context.DeadlineExceeded")
		}
		probe.Equal(t, 2, "time that WaitFor(ctx, 3s, page of 9s) takes", time.Since(start), 3*time.Second)
	})
}

// The reader leaves after 2 s: nobody waits for the page any more.
func TestReaderLeaves(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, cancel)
		start := time.Now()
		_, err := deadline.WaitFor(ctx, 3*time.Second, page(9*time.Second))
		if !errors.Is(err, context.Canceled) {
			probe.Fail(t, 3, "the error of WaitFor(ctx cancelled after 2s, 3s, page of 9s)", probe.ErrorName(err), "context.Canceled")
		}
		probe.Equal(t, 3, "time that WaitFor(ctx cancelled after 2s, 3s, page of 9s) takes", time.Since(start), 2*time.Second)
	})
}

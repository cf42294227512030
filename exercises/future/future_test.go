package future_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/future"
)

// TestResolveAndAwait is the fetch of the notes: on_connected resolves the future
// a second later, and whoever awaits it goes on with the value.
func TestResolveAndAwait(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		f, resolve := future.New[string]()
		if f == nil || resolve == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		time.AfterFunc(time.Second, func() { resolve("connected", nil) })

		start := time.Now()
		answer, err := f.Await(t.Context())

		probe.Equal(t, 2, "Await(ctx)", fmt.Sprint(answer, " ", err), "connected <nil>")
		probe.Equal(t, 2, "time that Await(ctx) takes", time.Since(start), time.Second)
		probe.Equal(t, 1, "a second resolve", resolve("again", nil), false)
	})
}

// TestGiveUp shows both sides of ctx: it ends the wait for a future that is not
// resolved, and means nothing to one that is.
func TestGiveUp(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		f, resolve := future.New[int]()
		if f == nil || resolve == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()

		_, err := f.Await(ctx)
		probe.Equal(t, 2, "error of Await(ctx) whose ctx ends after 1 s", probe.ErrorName(err), "context.DeadlineExceeded")

		resolve(7, nil)
		v, err := f.Await(ctx) // the same ctx, long done
		probe.Equal(t, 2, "Await(ctx) of a resolved future", fmt.Sprint(v, " ", err), "7 <nil>")
	})
}

// TestCallbacks leaves two callbacks before the future is resolved and one after.
func TestCallbacks(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		f, resolve := future.New[int]()
		if f == nil || resolve == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		var called []string
		leave := func(name string) {
			f.OnDone(func(v int, _ error) { called = append(called, fmt.Sprint(name, " ", v)) })
		}

		leave("first")
		leave("second")
		probe.Equal(t, 3, "callbacks before resolve", fmt.Sprint(called), "[]")
		resolve(7, nil)
		probe.Equal(t, 3, "callbacks when resolve has returned", fmt.Sprint(called), "[first 7 second 7]")
		leave("third")
		probe.Equal(t, 3, "callbacks after one more OnDone", fmt.Sprint(called), "[first 7 second 7 third 7]")
	})
}

// TestAllOfThree is asyncio.gather: three tasks of 3, 1 and 2 seconds.
func TestAllOfThree(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		after := func(seconds int) *future.Future[int] {
			return future.Start(func() (int, error) {
				time.Sleep(time.Duration(seconds)*time.Second + 1) // whoever looks again and again comes late
				return seconds, nil
			})
		}
		all := future.All(after(3), after(1), after(2))
		if all == nil {
			probe.Failf(t, 4, "All(...) returned nil")
			return
		}
		start := time.Now()
		values, err := all.Await(t.Context())
		probe.Equal(t, 4, "All of tasks of 3, 1 and 2 s", fmt.Sprint(values, " ", err), "[3 1 2] <nil>")
		probe.Equal(t, 4, "time that it takes", time.Since(start), 3*time.Second+1)
	})
}

package task_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// connect is the seed's socket: its future is resolved from outside, when the
// connection is there.
func connect(after time.Duration, socket int) *task.Future {
	f := task.NewFuture()
	time.AfterFunc(after, func() { f.Resolve(socket) })
	return f
}

// number is v when v is an int, else -1.
func number(v any) int {
	if n, ok := v.(int); ok {
		return n
	}
	return -1
}

// TestFetch is the seed's fetcher: it waits for its socket, and its result is the
// value of the future that Go returns.
func TestFetch(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := task.NewLoop()
		page := l.Go(func(await func(*task.Future) any) any {
			socket := number(await(connect(time.Second, 7)))
			return socket * 100
		})
		got := 0
		l.Go(func(await func(*task.Future) any) any {
			got = number(await(page))
			return nil
		})
		var err error
		took := probe.Elapsed(func() { err = l.Run(t.Context()) })
		probe.Equal(t, 3, "Run returns nil", err == nil, true)
		probe.Equal(t, 1, "await of a task that fetches from socket 7", got, 700)
		probe.Equal(t, 1, "time that Run takes when the socket is there after 1s", took, time.Second)
	})
}

// TestThreeFetchers has three tasks wait at the same time. They write a plain
// variable, since only one of them runs at a time.
func TestThreeFetchers(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := task.NewLoop()
		pages := ""
		for i := range 3 {
			l.Go(func(await func(*task.Future) any) any {
				pages += fmt.Sprint("asks ", i, ", ")
				await(connect(time.Duration(3-i)*time.Second, i))
				pages += fmt.Sprint("has ", i, ", ")
				return nil
			})
		}
		var err error
		took := probe.Elapsed(func() { err = l.Run(t.Context()) })
		probe.Equal(t, 3, "Run returns nil", err == nil, true)
		probe.Equal(t, 2, "what three tasks do whose sockets are there after 3, 2 and 1s", pages,
			"asks 0, asks 1, asks 2, has 2, has 1, has 0, ")
		probe.Equal(t, 2, "time that they take together", took, 3*time.Second)
	})
}

// TestHangUp ends ctx while a task waits for a socket that never comes.
func TestHangUp(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		l := task.NewLoop()
		did := ""
		l.Go(func(await func(*task.Future) any) any {
			defer func() { did += "hangs up" }()
			await(task.NewFuture())
			did += "goes on, "
			return nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		err := l.Run(ctx)
		probe.Equal(t, 3, "error of Run(ctx) whose ctx ends after 2s", probe.ErrorName(err), "context.DeadlineExceeded")
		probe.Equal(t, 3, "what a task does whose await never returns", did, "hangs up")
	})
}

package eventloop_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/eventloop"
)

// TestMessages is the loop of the notes: a queue of messages, processed one at a
// time as they came in. The last message closes the loop.
func TestMessages(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		loop := eventloop.New()
		if loop == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		var processed []string
		for _, message := range []string{"one", "two", "three"} {
			_ = loop.Post(func() { processed = append(processed, message) })
		}
		_ = loop.Post(loop.Close)

		err := loop.Run(t.Context())

		probe.Equal(t, 1, "messages in the order in which they were processed", fmt.Sprint(processed), "[one two three]")
		closed := probe.Named{Name: "ErrClosed", Err: eventloop.ErrClosed}
		probe.Equal(t, 4, "error of Run when the loop is closed", probe.ErrorName(err, closed), "nil")
		probe.Equal(t, 4, "error of Post(fn) when the loop is closed", probe.ErrorName(loop.Post(func() {}), closed), closed.Name)
	})
}

// TestHelloWorld waits without a goroutine that waits: hello after a second, world
// after two, and the loop is closed after three.
func TestHelloWorld(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		loop := eventloop.New()
		if loop == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		start := time.Now()
		var said []string
		say := func(what string) func() {
			return func() { said = append(said, fmt.Sprint(what, " at ", time.Since(start))) }
		}
		loop.After(3*time.Second, loop.Close)
		loop.After(2*time.Second, say("world"))
		loop.After(time.Second, say("hello"))
		cancel := loop.After(time.Second, say("goodbye"))
		if cancel == nil {
			probe.Failf(t, 3, "After returned a nil cancel")
			return
		}
		cancel()

		_ = loop.Run(t.Context())

		probe.Equal(t, 3, "what is said", fmt.Sprint(said), "[hello at 1s world at 2s]")
		probe.Equal(t, 4, "time that Run takes", time.Since(start), 3*time.Second)
	})
}

// TestCallbacksPost has a message that posts the next one, as often as it likes.
func TestCallbacksPost(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		loop := eventloop.New()
		if loop == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		count := 0
		var next func()
		next = func() {
			if count++; count == 1000 {
				loop.Close()
				return
			}
			_ = loop.Post(next)
		}
		loop.Post(next)
		_ = loop.Run(t.Context())
		probe.Equal(t, 2, "messages that were processed", count, 1000)
	})
}

// TestStop ends a loop that has nothing to do.
func TestStop(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		loop := eventloop.New()
		if loop == nil {
			probe.Failf(t, 1, "New() returned nil")
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		err := loop.Run(ctx)
		probe.Equal(t, 4, "error of Run(ctx) of a minute", probe.ErrorName(err), "context.DeadlineExceeded")
		probe.Equal(t, 5, "time that Run(ctx) takes", time.Since(start), time.Minute)
	})
}

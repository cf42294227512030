//go:build hidden

package generator_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/internal/probe"
)

// wantEnded wants the goroutine behind ch to have ended though nobody received:
// whatever ch still hands over before it is closed lies in its buffer.
func wantEnded[T any](t *testing.T, call string, ch <-chan T) {
	t.Helper()
	for range len(ch) {
		<-ch
	}
	select {
	case v, open := <-ch:
		if open {
			probe.Fail(t, 3, "receive from "+call, v, "closed")
		}
	default:
		probe.Fail(t, 3, "receive from "+call, "nothing yet", "closed")
	}
}

// closes takes values from ch and says whether it is closed soon.
func closes[T any](ch <-chan T) bool {
	for range 200 {
		switch probe.Next(ch) {
		case "closed":
			return true
		case "nothing":
			return false
		}
	}
	return false
}

// endsWithChannel wants the goroutine behind ch to end when ch is closed, at the end of
// the values or, for some, at that of ctx. A ctx that nobody has told is followed by a
// goroutine for whoever waits for it. Whether ch is closed at all, others look at.
func endsWithChannel[T any](t *testing.T, call string, start func(context.Context) <-chan T) {
	t.Helper()
	for _, cancelled := range []bool{false, true} {
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			t.Cleanup(cancel) // when it is known who stays
			ch := start(probe.Foreign(ctx))
			synctest.Wait()
			if cancelled {
				cancel()
			}
			if closes(ch) {
				probe.NoneLeft(t, "the closed channel of "+call)
			} else {
				cancel()
			}
		})
	}
}

// filled returns a buffered channel that holds values from 1 to n: what is
// missing from it later has been received.
func filled(n int) chan int {
	in := make(chan int, n)
	for v := range n {
		in <- v + 1
	}
	return in
}

// oneInHand says whether Take(ctx, in, n), from which taken values were taken, has
// received them and at most one more from a filled in; if not, it fails t.
func oneInHand(t *testing.T, when string, in chan int, n, taken int) bool {
	t.Helper()
	received := cap(in) - len(in)
	if received > taken+1 {
		probe.Fail(t, 2, fmt.Sprintf("values that Take(ctx, in, %d) received for %d taken from it%s", n, taken, when),
			received, fmt.Sprintf("at most %d", taken+1))
	}
	return received <= taken+1
}

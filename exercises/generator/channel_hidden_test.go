//go:build hidden

package generator_test

import (
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// next says what ch does within a virtual minute: it hands over a value, it is
// "closed", or it does "nothing".
func next[T any](ch <-chan T) string {
	patience := time.NewTimer(time.Minute)
	defer patience.Stop()
	select {
	case v, open := <-ch:
		if !open {
			return "closed"
		}
		return fmt.Sprint(v)
	case <-patience.C:
		return "nothing"
	}
}

// expect receives from ch once a virtual second, for each of want, and stops at
// the first difference.
func expect[T any](t *testing.T, contract int, call string, ch <-chan T, want ...string) bool {
	t.Helper()
	for i, w := range want {
		time.Sleep(time.Second)
		if !probe.Equal(t, contract, fmt.Sprintf("receive number %d from %s", i+1, call), next(ch), w) {
			return false
		}
	}
	return true
}

// drain receives from ch until it is closed and fails t when that takes more
// than limit values, or any time.
func drain[T any](t *testing.T, call string, ch <-chan T, limit int) {
	t.Helper()
	start := time.Now()
	for range limit + 1 {
		switch next(ch) {
		case "closed":
			probe.Equal(t, 3, "time until "+call+" is closed", time.Since(start), 0)
			return
		case "nothing":
			probe.Fail(t, 3, "receive from "+call, "nothing", "closed")
			return
		}
	}
	probe.Failf(t, 3, "%s goes on handing over values", call)
}

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

package probe

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"
)

// Next says what ch does within a virtual minute: it hands over a value, which Next
// returns as fmt prints it, it is "closed", or it does "nothing". The value's methods
// must not be the student's.
func Next[T any](ch <-chan T) string {
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

// Receive gets from ch, which call made, once a virtual second for each of want, as
// [Next] puts it. At the first difference it fails t, stops, and returns false.
func Receive[T any](t testing.TB, contract int, call string, ch <-chan T, want ...string) bool {
	t.Helper()
	for i, w := range want {
		time.Sleep(time.Second)
		if !Equal(t, contract, fmt.Sprintf("receive number %d from %s", i+1, call), Next(ch), w) {
			return false
		}
	}
	return true
}

// Drain receives from ch, which call made, until it is closed, and fails t when that
// takes more than limit values, or any time.
func Drain[T any](t testing.TB, contract int, call string, ch <-chan T, limit int) {
	t.Helper()
	start := time.Now()
	for range limit + 1 {
		switch Next(ch) {
		case "closed":
			Equal(t, contract, "time until "+call+" is closed", time.Since(start), 0)
			return
		case "nothing":
			Fail(t, contract, "receive from "+call, "nothing", "closed")
			return
		}
	}
	Failf(t, contract, "%s goes on handing over values", call)
}

// FewestAfterCancel returns how few values a channel that start makes hands over when
// ctx is done, after the consumer has taken some and while it goes on receiving: in the
// best of 16 bubbles, since a select tosses a coin. Those values must come to an end.
// That is measured on all processors and on one, and the larger number counts: who looks
// at ctx only when no consumer waits does so by chance on many, and never on one.
func FewestAfterCancel[T any](t *testing.T, taken int, start func(context.Context) <-chan T) int {
	t.Helper()
	onAll := bestOf16(t, taken, start)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return max(onAll, bestOf16(t, taken, start))
}

func bestOf16[T any](t *testing.T, taken int, start func(context.Context) <-chan T) int {
	t.Helper()
	fewest := math.MaxInt
	for range 16 {
		if t.Failed() {
			break
		}
		Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			out := start(ctx)
			for range taken {
				<-out
			}
			cancel()
			left := 0
			for range out {
				left++
			}
			fewest = min(fewest, left)
		})
	}
	return fewest
}

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

// FewAfterCancel fails t unless a channel that start makes hands over at most few
// values when ctx is done, after the consumer has taken some and while it goes on
// receiving: in one of 16 bubbles, since a select tosses a coin. Those values must come
// to an end. That is looked at on all processors and on one: who looks at ctx only when
// no consumer waits does so by chance on many, and never on one.
func FewAfterCancel[T any](t *testing.T, contract int, call string, taken, few int, start func(context.Context) <-chan T) {
	t.Helper()
	fewest := fewestAfterCancel(t, taken, few, start)
	if fewest <= few {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		fewest = fewestAfterCancel(t, taken, few, start)
	}
	if fewest > few && !t.Failed() {
		Fail(t, contract, fmt.Sprintf("fewest values that %s hands over when ctx is done, in many runs", call), fewest, fmt.Sprintf("at most %d", few))
	}
}

// fewestAfterCancel returns how few such values there are in the best of 16 bubbles, or
// in the first that has no more than few.
func fewestAfterCancel[T any](t *testing.T, taken, few int, start func(context.Context) <-chan T) int {
	t.Helper()
	fewest := math.MaxInt
	for n := 0; n < 16 && fewest > few && !t.Failed(); n++ {
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

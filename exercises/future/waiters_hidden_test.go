//go:build hidden

package future_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// manyWaiters has n callers wait for one future; some of them give up before it is
// resolved, at 3.000137 s.
func manyWaiters(t *testing.T, n, v int) {
	t.Helper()
	f, resolve := create(t)
	time.AfterFunc(3*time.Second+offGrid, func() { resolve(v, nil) })
	got, want := make([]string, n), make([]string, n)
	probe.Parallel(t, n, func(i int) {
		ctx, cancel := context.WithCancel(t.Context())
		switch i % 3 {
		case 0:
			want[i] = "context.Canceled at 1.500137s"
			time.AfterFunc(1500*time.Millisecond+offGrid, cancel)
		case 1:
			want[i] = "context.DeadlineExceeded at 2.000137s"
			ctx, cancel = context.WithTimeoutCause(ctx, 2*time.Second+offGrid, errLate)
		default:
			want[i] = show(v, nil) + " at 3.000137s"
		}
		defer cancel()
		start := time.Now()
		v, err := f.Await(ctx)
		if got[i] = name(err); err == nil {
			got[i] = show(v, err)
		}
		got[i] += fmt.Sprint(" at ", time.Since(start))
	})
	for i := range n {
		if !probe.Equal(t, 2, fmt.Sprintf("one of %d Awaits of a future resolved at 3.000137s", n), got[i], want[i]) {
			return
		}
	}
	probe.Equal(t, 2, "Await after all those", await(f), show(v, nil))
}

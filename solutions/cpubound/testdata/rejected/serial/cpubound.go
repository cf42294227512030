// Rejected: TestInFlight fail: one item after the other.

package cpubound

import (
	"context"
	"runtime"
)

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: nil f")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]O, len(in))
	_ = workers
	for i := range in {
		if ctx.Err() == nil {
			out[i] = f(in[i])
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

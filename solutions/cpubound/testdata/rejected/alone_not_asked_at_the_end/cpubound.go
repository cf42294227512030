// Rejected: TestCancel fail: a single worker asks ctx before each item, and not after the last one.

package cpubound

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Map calls f for every item of in and returns the results in the order of in.
func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: Map needs a function to call")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	if workers == 1 && len(in) > 1 {
		return alone(ctx, in, f)
	}
	out := make([]O, len(in))
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, len(in)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(taken.Add(1)) - 1
				if i >= len(in) {
					return
				}
				out[i] = f(in[i])
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

func alone[I, O any](ctx context.Context, in []I, f func(I) O) ([]O, error) {
	out := make([]O, len(in))
	for i, item := range in {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out[i] = f(item)
	}
	return out, nil
}

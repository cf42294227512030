// Rejected: TestCancel fail: the error is context.Canceled, also when ctx's deadline came.

package cpubound

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: Map needs a function to call")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
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
	if ctx.Err() != nil {
		return nil, context.Canceled
	}
	return out, nil
}

// Rejected: TestSlowItem fail: each worker gets its part beforehand.

package cpubound

import (
	"context"
	"runtime"
	"sync"
)

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: nil f")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]O, len(in))
	workers = min(workers, len(in))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w * len(in) / workers; i < (w+1)*len(in)/workers && ctx.Err() == nil; i++ {
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

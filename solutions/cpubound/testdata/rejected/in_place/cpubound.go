// Rejected: TestOrder fail: results of the same type overwrite the items of the caller.

package cpubound

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: nil f")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	out, same := any(in).([]O)
	if !same || len(in) == 0 {
		out = make([]O, len(in))
	}
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

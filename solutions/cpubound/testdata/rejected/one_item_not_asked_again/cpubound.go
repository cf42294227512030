// Rejected: TestCancel fail: after a single item ctx is not asked any more.

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
	if len(in) == 1 { // not worth a goroutine
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return []O{f(in[0])}, nil
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

// Rejected: TestSlowItem fail: of many items each worker takes a block at a time, and some wait behind a slow one.

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
	out := make([]O, len(in))
	block := max(1, len(in)/(16*max(1, min(workers, len(in)))))
	var taken atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, len(in)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				end := int(taken.Add(int64(block)))
				i := end - block
				if i >= len(in) {
					return
				}
				for ; i < min(end, len(in)) && ctx.Err() == nil; i++ {
					out[i] = f(in[i])
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Rejected: TestGoroutines fail: starts a goroutine for every worker, though there are fewer items
package cpubound

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: Map needs a function")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]O, len(in))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(in) {
					return
				}
				out[i] = f(in[i])
			}
		}()
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

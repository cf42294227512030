// Rejected: TestGoroutines fail: a semaphore bounds who works, but every item has a goroutine.

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
	slots := make(chan struct{}, workers)
	var wg sync.WaitGroup
	for i := range in {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() == nil {
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

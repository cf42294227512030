// Accepted: one goroutine feeds indices through a channel; workers ask ctx once more after each.

package cpubound

import (
	"context"
	"fmt"
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
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range in {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	out := make([]O, len(in))
	var wg sync.WaitGroup
	for range min(workers, len(in)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				if ctx.Err() != nil {
					return
				}
				out[i] = f(in[i])
			}
		}()
	}
	wg.Wait()
	if ctx.Err() != nil {
		for range next { // until the feeder has ended
		}
		return nil, fmt.Errorf("cpubound: stopped: %w", ctx.Err())
	}
	return out, nil
}

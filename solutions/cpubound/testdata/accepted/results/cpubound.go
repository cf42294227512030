// Accepted: all indices lie in a closed channel, results travel back through another one.

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
	workers = min(workers, len(in))
	todo := make(chan int, len(in))
	for i := range in {
		todo <- i
	}
	close(todo)

	type result struct {
		at    int // -1: the worker has ended
		value O
	}
	results := make(chan result)
	for range workers {
		go func() {
			for i := range todo {
				if ctx.Err() != nil {
					break
				}
				results <- result{i, f(in[i])}
			}
			results <- result{at: -1}
		}()
	}

	out := make([]O, len(in))
	for workers > 0 {
		if r := <-results; r.at < 0 {
			workers--
		} else {
			out[r.at] = r.value
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

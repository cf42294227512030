// Rejected: TestGoroutines leak: who polls ctx ends some time after Map.

// Package cpubound spreads work that needs nothing but a processor over all of
// them.
package cpubound

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Map calls f for every item of in, on several goroutines, and returns the
// results in the order of in. An empty in gives an empty slice that is not nil.
//
// At most workers calls of f are in flight at a time, and that many as long as
// there are items; workers < 1 means runtime.GOMAXPROCS(0). An item is taken by
// whoever is free.
//
// When ctx is done before the last f has returned, no further item starts, Map
// waits for the calls that run, and returns nil and ctx's error. Map panics when
// f is nil.
func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: Map needs a function to call")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]O, len(in)) // no two workers write the same element
	var taken atomic.Int64    // how many items have been given away
	var wg sync.WaitGroup
	var ended atomic.Bool
	defer ended.Store(true)
	var stopped atomic.Bool // saves the workers a lock
	go func() {
		for !ended.Load() {
			stopped.Store(ctx.Err() != nil)
			time.Sleep(10 * time.Millisecond)
		}
	}()
	for range min(workers, len(in)) {
		wg.Go(func() {
			for !stopped.Load() && ctx.Err() == nil {
				// Add takes the item and says which one it was in one step;
				// after a separate Load two workers could have the same.
				i := int(taken.Add(1)) - 1
				if i >= len(in) {
					return
				}
				out[i] = f(in[i])
			}
		})
	}
	wg.Wait()
	// Asked after the wait: ctx may have ended while the last items ran.
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Package cpubound spreads work that needs nothing but a processor over all of
// them.
package cpubound

import "context"

// Map calls f for every item of in, on several goroutines, and returns the
// results in the order of in. An empty in gives an empty slice that is not nil.
//
// At most workers calls of f are in flight at a time, and that many as long as
// there are items; workers < 1 means runtime.GOMAXPROCS(0). Map starts at most
// min(workers, len(in)) goroutines plus one, and none outlives it. An item is
// taken by whoever is free. in is neither changed nor kept.
//
// When ctx is done before the last f has returned, no further item starts, Map
// waits for the calls that run, and returns nil and ctx's error, even if every
// item had started. Map panics when f is nil.
func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	return nil, nil
}

// Package cache keeps near what is far away: a value that took long to load is
// served again without a second load.
package cache

import (
	"context"
	"time"
)

// Cache keeps the values that its load function has given. All its methods may
// be called from any number of goroutines at the same time.
type Cache[K comparable, V any] struct {
	// Your fields.
}

// New returns an empty cache that gets its values from load and keeps each of
// them for ttl after its load has ended; ttl <= 0 keeps nothing. It panics when
// load is nil.
//
// load is called on goroutines of its own, for different keys at the same time,
// and may use the cache.
func New[K comparable, V any](ttl time.Duration, load func(context.Context, K) (V, error)) *Cache[K, V] {
	return nil
}

// Get returns the value of key: the one that is kept, or what load gives.
// Concurrent Gets of a key that is not kept share one load, its value or its
// error. Errors are not kept.
//
// When ctx is done Get returns at once, with ctx's error, and the load goes on
// for the others. When nobody waits for it any more its context is cancelled, a
// later Get starts a load of its own, and what the abandoned one returns is
// dropped. With ctx done on entry Get starts no load.
func (c *Cache[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	return zero, nil
}

// Forget drops the value of key. A load that is under way still serves those
// who wait for it, but is not kept: a Get after Forget starts a new one, even
// while the old one runs.
func (c *Cache[K, V]) Forget(key K) {
}

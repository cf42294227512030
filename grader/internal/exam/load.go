package exam

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// load keeps every core busy until stop is called.
func load() (stop func()) {
	var done atomic.Bool
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			for !done.Load() {
			}
		})
	}
	return func() { done.Store(true); wg.Wait() }
}

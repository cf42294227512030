package exam

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// busy keeps every core busy until stop is called.
func busy() (stop func()) {
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

package probe

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing/synctest"
	"time"
)

// WakeUps sleeps for d, once all others in the caller's bubble stand still, and returns
// about an eighth of how often goroutines of this process began to run meanwhile: the
// runtime counts one time in eight. What goes on before and after does not count: a
// goroutine that meets another at a lock may give way to it thousands of times. The
// garbage collector, which may begin to run a hundred thousand times in a cycle, is off.
func WakeUps(d time.Duration) int {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC() // a cycle that has begun would go on
	synctest.Wait()
	before := begun()
	time.Sleep(d)
	return int(begun() - before)
}

func begun() (n uint64) {
	sample := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	metrics.Read(sample)
	for _, count := range sample[0].Value.Float64Histogram().Counts {
		n += count
	}
	return n
}

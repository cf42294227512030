package probe

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// WakeUps returns about an eighth of how often goroutines of this process begin to run
// while f does: the runtime counts one time in eight. The garbage collector, which may
// begin to run a hundred thousand times in a cycle, is off meanwhile.
func WakeUps(f func()) int {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC() // a cycle that has begun would go on
	before := begun()
	f()
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

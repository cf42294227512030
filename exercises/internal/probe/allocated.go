package probe

import "runtime"

// Allocated is how many bytes this process has ever allocated on the heap.
func Allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// LoadInt32 yields, then calls [atomic.LoadInt32].
func LoadInt32(addr *int32) int32 {
	point.At("Load")
	return atomic.LoadInt32(addr)
}

// StoreInt32 yields, then calls [atomic.StoreInt32].
func StoreInt32(addr *int32, val int32) {
	point.At("Store")
	atomic.StoreInt32(addr, val)
}

// SwapInt32 yields, then calls [atomic.SwapInt32].
func SwapInt32(addr *int32, new int32) int32 {
	point.At("Swap")
	return atomic.SwapInt32(addr, new)
}

// CompareAndSwapInt32 yields, then calls [atomic.CompareAndSwapInt32].
func CompareAndSwapInt32(addr *int32, old, new int32) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapInt32(addr, old, new)
}

// AddInt32 yields, then calls [atomic.AddInt32].
func AddInt32(addr *int32, delta int32) int32 {
	point.At("Add")
	return atomic.AddInt32(addr, delta)
}

// AndInt32 yields, then calls [atomic.AndInt32].
func AndInt32(addr *int32, mask int32) int32 {
	point.At("And")
	return atomic.AndInt32(addr, mask)
}

// OrInt32 yields, then calls [atomic.OrInt32].
func OrInt32(addr *int32, mask int32) int32 {
	point.At("Or")
	return atomic.OrInt32(addr, mask)
}

// LoadInt64 yields, then calls [atomic.LoadInt64].
func LoadInt64(addr *int64) int64 {
	point.At("Load")
	return atomic.LoadInt64(addr)
}

// StoreInt64 yields, then calls [atomic.StoreInt64].
func StoreInt64(addr *int64, val int64) {
	point.At("Store")
	atomic.StoreInt64(addr, val)
}

// SwapInt64 yields, then calls [atomic.SwapInt64].
func SwapInt64(addr *int64, new int64) int64 {
	point.At("Swap")
	return atomic.SwapInt64(addr, new)
}

// CompareAndSwapInt64 yields, then calls [atomic.CompareAndSwapInt64].
func CompareAndSwapInt64(addr *int64, old, new int64) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapInt64(addr, old, new)
}

// AddInt64 yields, then calls [atomic.AddInt64].
func AddInt64(addr *int64, delta int64) int64 {
	point.At("Add")
	return atomic.AddInt64(addr, delta)
}

// AndInt64 yields, then calls [atomic.AndInt64].
func AndInt64(addr *int64, mask int64) int64 {
	point.At("And")
	return atomic.AndInt64(addr, mask)
}

// OrInt64 yields, then calls [atomic.OrInt64].
func OrInt64(addr *int64, mask int64) int64 {
	point.At("Or")
	return atomic.OrInt64(addr, mask)
}

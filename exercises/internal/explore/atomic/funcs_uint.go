package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// LoadUint32 yields, then calls [atomic.LoadUint32].
func LoadUint32(addr *uint32) uint32 {
	point.At("Load")
	return atomic.LoadUint32(addr)
}

// StoreUint32 yields, then calls [atomic.StoreUint32].
func StoreUint32(addr *uint32, val uint32) {
	point.At("Store")
	atomic.StoreUint32(addr, val)
}

// SwapUint32 yields, then calls [atomic.SwapUint32].
func SwapUint32(addr *uint32, new uint32) uint32 {
	point.At("Swap")
	return atomic.SwapUint32(addr, new)
}

// CompareAndSwapUint32 yields, then calls [atomic.CompareAndSwapUint32].
func CompareAndSwapUint32(addr *uint32, old, new uint32) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapUint32(addr, old, new)
}

// AddUint32 yields, then calls [atomic.AddUint32].
func AddUint32(addr *uint32, delta uint32) uint32 {
	point.At("Add")
	return atomic.AddUint32(addr, delta)
}

// AndUint32 yields, then calls [atomic.AndUint32].
func AndUint32(addr *uint32, mask uint32) uint32 {
	point.At("And")
	return atomic.AndUint32(addr, mask)
}

// OrUint32 yields, then calls [atomic.OrUint32].
func OrUint32(addr *uint32, mask uint32) uint32 {
	point.At("Or")
	return atomic.OrUint32(addr, mask)
}

// LoadUint64 yields, then calls [atomic.LoadUint64].
func LoadUint64(addr *uint64) uint64 {
	point.At("Load")
	return atomic.LoadUint64(addr)
}

// StoreUint64 yields, then calls [atomic.StoreUint64].
func StoreUint64(addr *uint64, val uint64) {
	point.At("Store")
	atomic.StoreUint64(addr, val)
}

// SwapUint64 yields, then calls [atomic.SwapUint64].
func SwapUint64(addr *uint64, new uint64) uint64 {
	point.At("Swap")
	return atomic.SwapUint64(addr, new)
}

// CompareAndSwapUint64 yields, then calls [atomic.CompareAndSwapUint64].
func CompareAndSwapUint64(addr *uint64, old, new uint64) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapUint64(addr, old, new)
}

// AddUint64 yields, then calls [atomic.AddUint64].
func AddUint64(addr *uint64, delta uint64) uint64 {
	point.At("Add")
	return atomic.AddUint64(addr, delta)
}

// AndUint64 yields, then calls [atomic.AndUint64].
func AndUint64(addr *uint64, mask uint64) uint64 {
	point.At("And")
	return atomic.AndUint64(addr, mask)
}

// OrUint64 yields, then calls [atomic.OrUint64].
func OrUint64(addr *uint64, mask uint64) uint64 {
	point.At("Or")
	return atomic.OrUint64(addr, mask)
}

// LoadUintptr yields, then calls [atomic.LoadUintptr].
func LoadUintptr(addr *uintptr) uintptr {
	point.At("Load")
	return atomic.LoadUintptr(addr)
}

// StoreUintptr yields, then calls [atomic.StoreUintptr].
func StoreUintptr(addr *uintptr, val uintptr) {
	point.At("Store")
	atomic.StoreUintptr(addr, val)
}

// SwapUintptr yields, then calls [atomic.SwapUintptr].
func SwapUintptr(addr *uintptr, new uintptr) uintptr {
	point.At("Swap")
	return atomic.SwapUintptr(addr, new)
}

// CompareAndSwapUintptr yields, then calls [atomic.CompareAndSwapUintptr].
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapUintptr(addr, old, new)
}

// AddUintptr yields, then calls [atomic.AddUintptr].
func AddUintptr(addr *uintptr, delta uintptr) uintptr {
	point.At("Add")
	return atomic.AddUintptr(addr, delta)
}

// AndUintptr yields, then calls [atomic.AndUintptr].
func AndUintptr(addr *uintptr, mask uintptr) uintptr {
	point.At("And")
	return atomic.AndUintptr(addr, mask)
}

// OrUintptr yields, then calls [atomic.OrUintptr].
func OrUintptr(addr *uintptr, mask uintptr) uintptr {
	point.At("Or")
	return atomic.OrUintptr(addr, mask)
}

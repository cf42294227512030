package atomic

import (
	"sync/atomic"
	"unsafe"

	"gorutinas/exercises/internal/explore/point"
)

// LoadPointer yields, then calls [atomic.LoadPointer].
func LoadPointer(addr *unsafe.Pointer) unsafe.Pointer {
	point.At("Load")
	return atomic.LoadPointer(addr)
}

// StorePointer yields, then calls [atomic.StorePointer].
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer) {
	point.At("Store")
	atomic.StorePointer(addr, val)
}

// SwapPointer yields, then calls [atomic.SwapPointer].
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) unsafe.Pointer {
	point.At("Swap")
	return atomic.SwapPointer(addr, new)
}

// CompareAndSwapPointer yields, then calls [atomic.CompareAndSwapPointer].
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) bool {
	point.At("CompareAndSwap")
	return atomic.CompareAndSwapPointer(addr, old, new)
}

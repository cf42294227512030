package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// Uint32 is [atomic.Uint32], a yield point before each operation.
type Uint32 struct{ v atomic.Uint32 }

// Load yields, then calls [atomic.Uint32.Load].
func (x *Uint32) Load() uint32 {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Uint32.Store].
func (x *Uint32) Store(val uint32) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Uint32.Swap].
func (x *Uint32) Swap(new uint32) uint32 {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Uint32.CompareAndSwap].
func (x *Uint32) CompareAndSwap(old, new uint32) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Add yields, then calls [atomic.Uint32.Add].
func (x *Uint32) Add(delta uint32) uint32 {
	point.At("Add")
	return x.v.Add(delta)
}

// And yields, then calls [atomic.Uint32.And].
func (x *Uint32) And(mask uint32) uint32 {
	point.At("And")
	return x.v.And(mask)
}

// Or yields, then calls [atomic.Uint32.Or].
func (x *Uint32) Or(mask uint32) uint32 {
	point.At("Or")
	return x.v.Or(mask)
}

// Uint64 is [atomic.Uint64], a yield point before each operation.
type Uint64 struct{ v atomic.Uint64 }

// Load yields, then calls [atomic.Uint64.Load].
func (x *Uint64) Load() uint64 {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Uint64.Store].
func (x *Uint64) Store(val uint64) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Uint64.Swap].
func (x *Uint64) Swap(new uint64) uint64 {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Uint64.CompareAndSwap].
func (x *Uint64) CompareAndSwap(old, new uint64) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Add yields, then calls [atomic.Uint64.Add].
func (x *Uint64) Add(delta uint64) uint64 {
	point.At("Add")
	return x.v.Add(delta)
}

// And yields, then calls [atomic.Uint64.And].
func (x *Uint64) And(mask uint64) uint64 {
	point.At("And")
	return x.v.And(mask)
}

// Or yields, then calls [atomic.Uint64.Or].
func (x *Uint64) Or(mask uint64) uint64 {
	point.At("Or")
	return x.v.Or(mask)
}

// Uintptr is [atomic.Uintptr], a yield point before each operation.
type Uintptr struct{ v atomic.Uintptr }

// Load yields, then calls [atomic.Uintptr.Load].
func (x *Uintptr) Load() uintptr {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Uintptr.Store].
func (x *Uintptr) Store(val uintptr) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Uintptr.Swap].
func (x *Uintptr) Swap(new uintptr) uintptr {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Uintptr.CompareAndSwap].
func (x *Uintptr) CompareAndSwap(old, new uintptr) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Add yields, then calls [atomic.Uintptr.Add].
func (x *Uintptr) Add(delta uintptr) uintptr {
	point.At("Add")
	return x.v.Add(delta)
}

// And yields, then calls [atomic.Uintptr.And].
func (x *Uintptr) And(mask uintptr) uintptr {
	point.At("And")
	return x.v.And(mask)
}

// Or yields, then calls [atomic.Uintptr.Or].
func (x *Uintptr) Or(mask uintptr) uintptr {
	point.At("Or")
	return x.v.Or(mask)
}

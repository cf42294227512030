package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// Int32 is [atomic.Int32], a yield point before each operation.
type Int32 struct{ v atomic.Int32 }

// Load yields, then calls [atomic.Int32.Load].
func (x *Int32) Load() int32 {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Int32.Store].
func (x *Int32) Store(val int32) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Int32.Swap].
func (x *Int32) Swap(new int32) int32 {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Int32.CompareAndSwap].
func (x *Int32) CompareAndSwap(old, new int32) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Add yields, then calls [atomic.Int32.Add].
func (x *Int32) Add(delta int32) int32 {
	point.At("Add")
	return x.v.Add(delta)
}

// And yields, then calls [atomic.Int32.And].
func (x *Int32) And(mask int32) int32 {
	point.At("And")
	return x.v.And(mask)
}

// Or yields, then calls [atomic.Int32.Or].
func (x *Int32) Or(mask int32) int32 {
	point.At("Or")
	return x.v.Or(mask)
}

// Int64 is [atomic.Int64], a yield point before each operation.
type Int64 struct{ v atomic.Int64 }

// Load yields, then calls [atomic.Int64.Load].
func (x *Int64) Load() int64 {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Int64.Store].
func (x *Int64) Store(val int64) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Int64.Swap].
func (x *Int64) Swap(new int64) int64 {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Int64.CompareAndSwap].
func (x *Int64) CompareAndSwap(old, new int64) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Add yields, then calls [atomic.Int64.Add].
func (x *Int64) Add(delta int64) int64 {
	point.At("Add")
	return x.v.Add(delta)
}

// And yields, then calls [atomic.Int64.And].
func (x *Int64) And(mask int64) int64 {
	point.At("And")
	return x.v.And(mask)
}

// Or yields, then calls [atomic.Int64.Or].
func (x *Int64) Or(mask int64) int64 {
	point.At("Or")
	return x.v.Or(mask)
}

package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// Value is [atomic.Value], a yield point before each operation.
type Value struct{ v atomic.Value }

// Load yields, then calls [atomic.Value.Load].
func (x *Value) Load() any {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Value.Store].
func (x *Value) Store(val any) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Value.Swap].
func (x *Value) Swap(new any) any {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Value.CompareAndSwap].
func (x *Value) CompareAndSwap(old, new any) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

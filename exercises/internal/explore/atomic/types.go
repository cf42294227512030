package atomic

import (
	"sync/atomic"

	"gorutinas/exercises/internal/explore/point"
)

// Bool is [atomic.Bool], a yield point before each operation.
type Bool struct{ v atomic.Bool }

// Load yields, then calls [atomic.Bool.Load].
func (x *Bool) Load() bool {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Bool.Store].
func (x *Bool) Store(val bool) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Bool.Swap].
func (x *Bool) Swap(new bool) bool {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Bool.CompareAndSwap].
func (x *Bool) CompareAndSwap(old, new bool) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

// Pointer is [atomic.Pointer], a yield point before each operation.
type Pointer[T any] struct {
	_ [0]*T // no conversion between Pointer types, as in the real one
	v atomic.Pointer[T]
}

// Load yields, then calls [atomic.Pointer.Load].
func (x *Pointer[T]) Load() *T {
	point.At("Load")
	return x.v.Load()
}

// Store yields, then calls [atomic.Pointer.Store].
func (x *Pointer[T]) Store(val *T) {
	point.At("Store")
	x.v.Store(val)
}

// Swap yields, then calls [atomic.Pointer.Swap].
func (x *Pointer[T]) Swap(new *T) *T {
	point.At("Swap")
	return x.v.Swap(new)
}

// CompareAndSwap yields, then calls [atomic.Pointer.CompareAndSwap].
func (x *Pointer[T]) CompareAndSwap(old, new *T) bool {
	point.At("CompareAndSwap")
	return x.v.CompareAndSwap(old, new)
}

package sync

import (
	"sync"

	"gorutinas/exercises/internal/explore/point"
)

// Map is [sync.Map], a yield point before each operation. It never waits, so
// the real one can do the work.
type Map struct {
	_ noCopy
	m sync.Map
}

// Load returns the value of key, and whether there is one.
func (m *Map) Load(key any) (value any, ok bool) {
	point.At("Load")
	return m.m.Load(key)
}

// Store sets the value of key.
func (m *Map) Store(key, value any) {
	point.At("Store")
	m.m.Store(key, value)
}

// Clear deletes all entries.
func (m *Map) Clear() {
	point.At("Clear")
	m.m.Clear()
}

// LoadOrStore returns the value of key if there is one, else it stores value.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	point.At("LoadOrStore")
	return m.m.LoadOrStore(key, value)
}

// LoadAndDelete deletes the value of key and returns it.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	point.At("LoadAndDelete")
	return m.m.LoadAndDelete(key)
}

// Delete deletes the value of key.
func (m *Map) Delete(key any) {
	point.At("Delete")
	m.m.Delete(key)
}

// Swap sets the value of key and returns the one before.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	point.At("Swap")
	return m.m.Swap(key, value)
}

// CompareAndSwap sets the value of key to new if it is old.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	point.At("CompareAndSwap")
	return m.m.CompareAndSwap(key, old, new)
}

// CompareAndDelete deletes the value of key if it is old.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	point.At("CompareAndDelete")
	return m.m.CompareAndDelete(key, old)
}

// Range calls f for each entry until it returns false. It is no snapshot: what
// others do meanwhile may show or not.
func (m *Map) Range(f func(key, value any) bool) {
	if !point.Exploring() {
		m.m.Range(f)
		return
	}
	point.At("Range")
	m.m.Range(func(key, value any) bool {
		point.At("Range")
		return f(key, value)
	})
}

//go:build !race

package detector

import "unsafe"

// Enabled says whether the binary was built with -race.
const Enabled = false

// Off hides the goroutine's synchronisation until On. Calls nest.
func Off() {}

// On ends Off.
func On() {}

// Acquire orders all earlier Release of p before what follows.
func Acquire(p unsafe.Pointer) {}

// Release orders what came before it before later Acquire of p, and forgets
// earlier Release of p.
func Release(p unsafe.Pointer) {}

// ReleaseMerge is Release that keeps earlier ones.
func ReleaseMerge(p unsafe.Pointer) {}

// Read states a read of *p.
func Read(p unsafe.Pointer) {}

// Write states a write of *p.
func Write(p unsafe.Pointer) {}

// ReadRange states a read of n bytes from p on.
func ReadRange(p unsafe.Pointer, n int) {}

// WriteRange states a write of n bytes from p on.
func WriteRange(p unsafe.Pointer, n int) {}

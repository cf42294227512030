//go:build race

package detector

import (
	"runtime"
	"unsafe"
)

// Enabled says whether the binary was built with -race.
const Enabled = true

// Off hides the goroutine's synchronisation until On. Calls nest.
func Off() { runtime.RaceDisable() }

// On ends Off.
func On() { runtime.RaceEnable() }

// Acquire orders all earlier Release of p before what follows.
func Acquire(p unsafe.Pointer) { runtime.RaceAcquire(p) }

// Release orders what came before it before later Acquire of p, and forgets
// earlier Release of p.
func Release(p unsafe.Pointer) { runtime.RaceRelease(p) }

// ReleaseMerge is Release that keeps earlier ones.
func ReleaseMerge(p unsafe.Pointer) { runtime.RaceReleaseMerge(p) }

// Read states a read of *p.
func Read(p unsafe.Pointer) { runtime.RaceRead(p) }

// Write states a write of *p.
func Write(p unsafe.Pointer) { runtime.RaceWrite(p) }

// ReadRange states a read of n bytes from p on.
func ReadRange(p unsafe.Pointer, n int) { runtime.RaceReadRange(p, n) }

// WriteRange states a write of n bytes from p on.
func WriteRange(p unsafe.Pointer, n int) { runtime.RaceWriteRange(p, n) }

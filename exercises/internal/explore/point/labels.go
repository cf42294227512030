package point

import (
	"context"
	"runtime/pprof"
	"unsafe"
)

// A goroutine has no identity that a program may ask for, except its profiler
// labels, which it inherits from the goroutine that started it. So every
// goroutine of an exploration gets labels of its own.

// currentLabels returns the calling goroutine's labels. The runtime keeps this
// name and signature for its users: go.dev/issue/67401.
//
//go:linkname currentLabels runtime/pprof.runtime_getProfLabel
func currentLabels() unsafe.Pointer

// freshLabels gives the calling goroutine labels that no other has and returns
// what tells them apart.
//
//go:norace
func freshLabels() unsafe.Pointer {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), unique))
	return currentLabels()
}

var unique = pprof.Labels("explored", "yes")

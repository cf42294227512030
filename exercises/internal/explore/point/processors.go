package point

import (
	"runtime"
	"sync/atomic"
)

// Procs wraps runtime.GOMAXPROCS, which a candidate may only ask: an exploration
// uses one processor, and a program could behave well only then.
func Procs(ask func(int) int) func(int) int {
	return func(n int) int { return max(int(processors.Load()), ask(n)) }
}

// processors is how many a program is told of during an exploration: as many as
// there are otherwise, but more than one; 0 without one.
var processors atomic.Int64

// OneProcessor leaves the program one processor until restore is called, so that
// what happens between two yield points is repeatable.
func OneProcessor() (restore func()) {
	before := runtime.GOMAXPROCS(1)
	processors.Store(int64(max(before, 2)))
	return func() {
		processors.Store(0)
		runtime.GOMAXPROCS(before)
	}
}

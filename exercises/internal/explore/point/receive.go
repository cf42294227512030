package point

import (
	"runtime"
	"sync/atomic"
)

// What rewritten code says around operations that stay native: see package
// instrument of the grader, the only one to call these.

// Whether the select that Select stands for had a default clause. Names, since
// a candidate may have its own true and false.
const (
	HasDefault = true
	NoDefault  = false
)

// Before yields before op and returns v, the last operand of op to be evaluated.
func Before[T any](op string, v T) T {
	At(op)
	return v
}

// Close closes c after a yield, for a deferred close.
func Close[T any](c chan<- T) {
	At("close")
	close(c)
}

// Gosched wraps runtime.Gosched in a yield.
func Gosched(f func()) func() {
	return func() {
		At("gosched")
		f()
	}
}

// Callback wraps a function like time.AfterFunc, which runs its second argument
// on a goroutine of its own, so that this goroutine yields first.
func Callback[A, R any](start func(A, func()) R) func(A, func()) R {
	return func(when A, f func()) R { return start(when, Go(f)) }
}

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

// Unreachable stands after a select without default: Select always chooses one
// of its cases.
func Unreachable() { panic("point.Select chose none of its cases; this is a defect of the kit") }

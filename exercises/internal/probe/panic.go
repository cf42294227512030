package probe

import (
	"runtime"
	"testing"
)

// Recovered calls f and returns what it panicked with: nil when it returned, or
// when it ended its goroutine with [runtime.Goexit], after which Recovered does not
// return either. A panic(nil) is a [*runtime.PanicNilError].
func Recovered(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

// WantPanic fails t unless f, whose call reads as call, panics as the contract's
// sentence number contract wants: with a value of the student's choice, and not only
// as Go itself does, say at a nil function. An f that calls [runtime.Goexit] has not
// panicked.
func WantPanic(t testing.TB, contract int, call string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		const want = "a panic with a message that says what is wrong"
		switch recover().(type) { // no method of the value's, which may be the student's
		case nil:
			Fail(t, contract, call, "no panic", want)
		case runtime.Error:
			Fail(t, contract, call, "Go's own runtime error", want)
		}
	}()
	f()
}

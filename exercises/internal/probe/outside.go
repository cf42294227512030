package probe

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// What a program does outside of the bubble in which a test calls it nobody sees: not
// how long it takes, nor whether it ends, nor in which order it could happen. One that
// starts goroutines when it is initialised could have them do all of its work.
var (
	// inside is a channel of the bubble that runs, nil without one. The runtime ends
	// the process when a goroutine from outside touches it.
	inside atomic.Pointer[chan struct{}]
	// mixed is set when the test has called the program outside of bubbles, too: what
	// that has left may take a moment to end.
	mixed atomic.Bool

	once sync.Once // what the first Check does
)

// Enter says that the caller's bubble runs; see [Stay].
func Enter() {
	c := make(chan struct{})
	inside.Store(&c)
}

// Leave says that no bubble runs any more.
func Leave() { inside.Store(nil) }

// Stay ends the process with a fatal error if the calling goroutine is outside of the
// bubble that runs. Rewritten programs call it at each of their yield points, and where
// they set a timer that will call them.
//
//go:norace
func Stay() {
	if mixed.Load() {
		return
	}
	c := inside.Load()
	if c == nil {
		if calledByTest() {
			mixed.Store(true)
		}
		return
	}
	select {
	case <-*c: // nobody sends
	default:
	}
}

// calledByTest says whether the caller's goroutine is in a function of a test's, or has
// been started by a helper of this package for one. What init has started is in neither.
func calledByTest() bool {
	var pcs [64]uintptr
	for skip := 3; ; skip += len(pcs) { // what is between the program and this function is the kit's
		n := runtime.Callers(skip, pcs[:])
		for frames := runtime.CallersFrames(pcs[:n]); ; {
			f, more := frames.Next()
			if strings.HasSuffix(f.File, "_test.go") || strings.HasPrefix(f.Function, internals+"probe.") {
				return true
			}
			if !more {
				break
			}
		}
		if n < len(pcs) {
			return false
		}
	}
}

// alone fails t if goroutines of the student's are there already, which only init can
// have started.
func alone(t *testing.T) {
	t.Helper()
	mixed.Store(false)
	var stray []string
	for g := range strings.SplitSeq(allStacks(), "\n\n") {
		if OfStudent(g) {
			stray = append(stray, g)
		}
	}
	if len(stray) > 0 {
		shown := dump(stray)
		Report(t, Finding{Verdict: "panic", Code: "panic.shared", Stack: shown}, "goroutines that the package's initialisation has started:\n\n"+shown)
		t.FailNow()
	}
}

const (
	exercises = "gorutinas/exercises/"
	internals = exercises + "internal/"
)

// IsStudents says whether a frame is in the student's files: its function, by its
// full name, is of an exercise's package, but not of its tests. A closure of this
// kit's bears the student's name when the function around it was inlined, so the
// file counts too. The tests of package explore have students' programs in testdata.
func IsStudents(function, file string) bool {
	if !strings.HasPrefix(function, exercises) || strings.HasSuffix(file, "_test.go") {
		return false
	}
	kits := strings.HasPrefix(function, internals) || strings.Contains(file, "/exercises/internal/")
	return !kits || strings.Contains(file, "/testdata/")
}

// OfStudent says whether a goroutine, as runtime.Stack prints it, is in a student's
// function.
func OfStudent(stack string) bool {
	function := ""
	for line := range strings.Lines(stack) {
		file, at := strings.CutPrefix(line, "\t")
		if !at {
			function = line
			continue
		}
		file, _, _ = strings.Cut(file, ":")
		if IsStudents(function, file) {
			return true
		}
	}
	return false
}

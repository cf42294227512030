package explore

import (
	"path"
	"runtime"
	"strings"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

const (
	exercises = "gorutinas/exercises/"
	internals = exercises + "internal/"
)

// isStudents says whether a function, by its full name, is the student's: of an
// exercise's package. The tests of this package have such programs in testdata.
func isStudents(function string) bool {
	if strings.HasPrefix(function, internals) {
		return strings.Contains(function, "/testdata/")
	}
	return strings.HasPrefix(function, exercises)
}

// stepOf returns the step's place in the student's files; ok is false when it
// has none, or nothing to say.
func stepOf(s point.Step) (step probe.Step, ok bool) {
	if s.Op == "" {
		return step, false
	}
	n := 0
	for n < len(s.Stack) && s.Stack[n] != 0 {
		n++
	}
	frames := runtime.CallersFrames(s.Stack[:n])
	for more := n > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if isStudents(f.Function) && !strings.HasSuffix(f.File, "_test.go") {
			return probe.Step{Goroutine: s.Goroutine.Number, File: path.Base(f.File), Line: f.Line, Op: s.Op}, true
		}
	}
	return step, false
}

// hasStudentFrame says whether a goroutine, as runtime.Stack prints it, is in a
// student's function.
func hasStudentFrame(stack string) bool {
	lines := strings.Split(stack, "\n")
	for i, l := range lines {
		if isStudents(l) && (i+1 == len(lines) || !strings.Contains(lines[i+1], "_test.go:")) {
			return true
		}
	}
	return false
}

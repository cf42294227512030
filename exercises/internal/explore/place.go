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

// isStudents says whether a frame is in the student's files: its function, by its
// full name, is of an exercise's package, but not of its tests. A closure of this
// kit's bears the student's name when the function around it was inlined, so the
// file counts too. The tests of this package have students' programs in testdata.
func isStudents(function, file string) bool {
	if !strings.HasPrefix(function, exercises) || strings.HasSuffix(file, "_test.go") {
		return false
	}
	kits := strings.HasPrefix(function, internals) || strings.Contains(file, "/exercises/internal/")
	return !kits || strings.Contains(file, "/testdata/")
}

// stepOf returns the step's place in the student's files; ok is false when it
// has none, or nothing to say.
func stepOf(s point.Step) (step probe.Step, ok bool) {
	if s.Op == "" {
		return step, false
	}
	pcs := s.Stack.PCs()
	frames := runtime.CallersFrames(pcs)
	for more := len(pcs) > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if isStudents(f.Function, f.File) {
			return probe.Step{Goroutine: s.Goroutine.Number, File: path.Base(f.File), Line: f.Line, Op: s.Op}, true
		}
	}
	return step, false
}

// hasStudentFrame says whether a goroutine, as runtime.Stack prints it, is in a
// student's function.
func hasStudentFrame(stack string) bool {
	function := ""
	for line := range strings.Lines(stack) {
		file, at := strings.CutPrefix(line, "\t")
		if !at {
			function = line
			continue
		}
		file, _, _ = strings.Cut(file, ":")
		if isStudents(function, file) {
			return true
		}
	}
	return false
}

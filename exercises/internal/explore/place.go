package explore

import (
	"path"
	"runtime"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

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
		if probe.IsStudents(f.Function, f.File) {
			return probe.Step{Goroutine: s.Goroutine.Number, File: path.Base(f.File), Line: f.Line, Op: s.Op}, true
		}
	}
	return step, false
}

package atomic_test

import (
	"testing"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/internal/stdtest"
)

// TestStandardTests runs the tests of the standard sync/atomic on this one.
func TestStandardTests(t *testing.T) {
	s := stdtest.Suite{
		Package: "sync/atomic",
		Files:   []string{"atomic_test.go", "example_test.go", "value_test.go"},
		Imports: map[string]string{"sync/atomic": "gorutinas/exercises/internal/explore/atomic"},
		Without: map[string]string{
			"TestAutoAligned64": "looks into the real types",
		},
	}
	if detector.Enabled {
		s.Build = append(s.Build, "-race")
	}
	stdtest.Run(t, s)
}

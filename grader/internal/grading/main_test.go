package grading

import (
	"os"
	"testing"

	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Init()
	gate.Init()
	os.Exit(m.Run())
}

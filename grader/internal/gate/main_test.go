package gate

import (
	"testing"

	"go.uber.org/goleak"

	"gorutinas/grader/internal/sandbox"
)

// TestMain makes this binary its own launcher and gate, and sees that no goroutine is
// left behind.
func TestMain(m *testing.M) {
	sandbox.Init() // limits what the gate's child may use
	Init()
	goleak.VerifyTestMain(m)
}

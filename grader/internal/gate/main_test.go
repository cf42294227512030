package gate

import (
	"os"
	"testing"

	"gorutinas/grader/internal/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Init() // limits what the gate's child may use
	Init()
	os.Exit(m.Run())
}

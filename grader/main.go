// Command grader grades submissions to the exercises of this kit. Without
// arguments it prints what it can do.
package main

import (
	"os"

	"gorutinas/grader/internal/cli"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/sandbox"
)

func main() {
	// The grader starts itself to become the launcher of a sandboxed process
	// and the child that reads untrusted source.
	sandbox.Init()
	gate.Init()
	os.Exit(cli.Run())
}

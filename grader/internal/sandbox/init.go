package sandbox

import (
	"fmt"
	"os"
)

// First arguments of this binary when it is not started by a user.
const (
	launchArg = "__sandbox-launch" // become a program behind walls
	limitArg  = "__sandbox-limit"  // become a program under limits
	guardArg  = "__sandbox-guard"  // end a program under limits when the grader is dead
	probeArg  = "__sandbox-probe"  // try to get out
)

// Init turns the process into a launcher or a self-test when this binary was
// executed as one, and then never returns. Call it first in main and TestMain.
func Init() {
	if len(os.Args) < 2 {
		return
	}
	switch os.Args[1] {
	case launchArg:
		launch(os.Args[2:])
	case limitArg:
		limit(os.Args[2:])
	case guardArg:
		os.Exit(guard())
	case probeArg:
		os.Exit(probe())
	default:
		return
	}
	os.Exit(1)
}

// reportFailure tells the parent why there is no program, on the descriptor
// that closes by itself when there is one.
func reportFailure(fd int, err error) {
	f := os.NewFile(uintptr(fd), "report")
	fmt.Fprint(f, err)
	os.Exit(1)
}

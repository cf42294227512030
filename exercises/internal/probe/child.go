package probe

import (
	"os"
	"strings"
)

const childFlag = "-probe.child="

var children = map[string]func(){}

// Child registers main as what this test binary does when it is started with
// [ChildArg](name) as its first argument: for tests that need a real child
// process. Call it from init.
func Child(name string, main func()) { children[name] = main }

// ChildArg returns the argument that makes a test binary run the child name.
func ChildArg(name string) string { return childFlag + name }

// runChild ends the process after the child's main when one is asked for.
func runChild() {
	if len(os.Args) < 2 {
		return
	}
	name, ok := strings.CutPrefix(os.Args[1], childFlag)
	if main := children[name]; ok && main != nil {
		main()
		os.Exit(0)
	}
}

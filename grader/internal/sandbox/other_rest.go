//go:build !unix

package sandbox

import (
	"os"
	"syscall"
)

func ownGroup() *syscall.SysProcAttr { return nil }

func killAll(pid int) {
	if p, err := os.FindProcess(pid); err == nil {
		_ = p.Kill()
	}
}

// awaitGroup has nothing to wait with here.
func awaitGroup(int) {}

// quit: there is no signal that asks for goroutines.
func quit(int) {}

func signalOf(*os.ProcessState) string { return "" }

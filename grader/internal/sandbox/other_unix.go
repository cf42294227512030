//go:build unix && !linux

package sandbox

import (
	"os"
	"syscall"
)

func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// killAll kills the group that pid leads.
func killAll(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// awaitGroup has nothing to wait with here.
func awaitGroup(int) {}

// quit asks a Go program for its goroutines.
func quit(pid int) { _ = syscall.Kill(pid, syscall.SIGQUIT) }

func signalOf(s *os.ProcessState) string {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return w.Signal().String()
	}
	return ""
}

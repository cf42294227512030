package sandbox

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// awaitExit does not reap the child, so that its number and its group stay its
// own until reap.
func (c *child) awaitExit() {
	for unix.Waitid(unix.P_PID, c.pid(), nil, unix.WEXITED|unix.WNOWAIT, nil) == unix.EINTR {
	}
}

func (c *child) reap() { c.err = c.cmd.Wait() }

// killAll kills the group that pid leads and what else descends from it.
func killAll(pid int) {
	below := descendants(pid)
	_ = unix.Kill(-pid, unix.SIGKILL)
	for _, p := range below {
		_ = unix.Kill(p, unix.SIGKILL)
	}
}

// quit asks a Go program for its goroutines.
func quit(pid int) { _ = unix.Kill(pid, unix.SIGQUIT) }

func signalOf(s *os.ProcessState) string {
	if w := s.Sys().(syscall.WaitStatus); w.Signaled() {
		return w.Signal().String()
	}
	return ""
}

// diedOf explains an end that this process did not bring about: the kernel
// kills for processor time, and when the machine is out of memory. The second
// is the program's doing only if it had much.
func diedOf(s *os.ProcessState, peak int64, l Limits) Reason {
	switch w := s.Sys().(syscall.WaitStatus); {
	case !w.Signaled():
		return ""
	case w.Signal() == unix.SIGXCPU:
		return CPU
	case w.Signal() == unix.SIGXFSZ:
		return Disk
	case w.Signal() == unix.SIGKILL && l.CPU > 0 && s.UserTime()+s.SystemTime() >= l.CPU:
		return CPU
	case w.Signal() == unix.SIGKILL && l.Memory > 0 && peak > l.Memory/2:
		return Memory
	case w.Signal() == unix.SIGKILL:
		return Starved
	}
	return ""
}

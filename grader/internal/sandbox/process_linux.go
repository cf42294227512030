package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// awaitExit does not reap the child, so that its number and its group stay its
// own until reap.
func (c *child) awaitExit() {
	for unix.Waitid(unix.P_PID, c.pid(), nil, unix.WEXITED|unix.WNOWAIT, nil) == unix.EINTR {
	}
}

func (c *child) reap() { c.err = c.cmd.Wait() }

// killAll kills the group that pid leads and what else descends from it, and waits
// until the descendants are dead.
func killAll(pid int) {
	below := descendants(pid)
	dying := watchDeaths(below)
	_ = unix.Kill(-pid, unix.SIGKILL)
	for _, p := range below {
		_ = unix.Kill(p, unix.SIGKILL)
	}
	awaitDeaths(dying)
}

// awaitGroup waits for those of a killed group who outlived its leader. The leader
// must have been reaped.
func awaitGroup(pid int) {
	if unix.Kill(-pid, 0) != nil {
		return
	}
	var left []int
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		if s, err := readStat(dir); err == nil && s.pgrp == pid {
			n, _ := strconv.Atoi(filepath.Base(dir))
			left = append(left, n)
		}
	}
	awaitDeaths(watchDeaths(left))
}

// watchDeaths returns what becomes readable when the processes are dead.
func watchDeaths(pids []int) (dying []unix.PollFd) {
	for _, pid := range pids {
		if fd, err := unix.PidfdOpen(pid, 0); err == nil {
			dying = append(dying, unix.PollFd{Fd: int32(fd), Events: unix.POLLIN})
		}
	}
	return dying
}

// awaitDeaths gives up after deathTime, since what the kernel cannot kill is not
// worth a grading.
func awaitDeaths(dying []unix.PollFd) {
	end := time.Now().Add(deathTime)
	for i := range dying {
		for {
			_, err := unix.Poll(dying[i:i+1], int(max(0, time.Until(end).Milliseconds())))
			if err != unix.EINTR {
				break
			}
		}
		unix.Close(int(dying[i].Fd))
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

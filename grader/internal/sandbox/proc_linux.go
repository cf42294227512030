package sandbox

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

var errProc = errors.New("unexpected text in /proc")

const tick = time.Second / 100 // of the times in /proc, the same on every Linux

// stat is what /proc/PID/stat says, for a process or one of its threads.
type stat struct {
	state    byte
	pgrp     int
	cpu      time.Duration // of the process
	children time.Duration // of its children that have ended
	threads  int
	rss      int64 // bytes
}

func readStat(dir string) (stat, error) {
	b, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return stat{}, err
	}
	// The name in parentheses may hold anything, parentheses too.
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) < 22 {
		return stat{}, errProc
	}
	n := func(field int) int64 { // fields are numbered as in proc(5)
		v, _ := strconv.ParseInt(f[field-3], 10, 64)
		return v
	}
	return stat{
		state:    f[0][0],
		pgrp:     int(n(5)),
		cpu:      time.Duration(n(14)+n(15)) * tick,
		children: time.Duration(n(16)+n(17)) * tick,
		threads:  int(n(20)),
		rss:      n(24) * int64(os.Getpagesize()),
	}, nil
}

// cpuTime is the processor time of all threads of a process, also of those
// that have ended, exact to the nanosecond.
func cpuTime(pid int) (time.Duration, bool) {
	const allThreads = 2 // CPUCLOCK_SCHED
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|allThreads), &t); err != nil {
		return 0, false
	}
	return time.Duration(t.Nano()), true
}

// peakRSS returns the highest resident size that a process ever had, and how
// many threads it has, from its open file status. The program is a new process in
// this respect: the launcher's size does not count.
func peakRSS(status *os.File) (peak int64, threads int, ok bool) {
	var text [4096]byte // it has some 1500 bytes
	n, _ := status.ReadAt(text[:], 0)
	field := func(name string) int64 {
		_, rest, _ := bytes.Cut(text[:n], []byte("\n"+name+":"))
		v, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte("\n"))
		n, _ := strconv.ParseInt(strings.TrimSuffix(string(v), " kB"), 10, 64)
		return n
	}
	return field("VmHWM") << 10, int(field("Threads")), n > 0
}

// openFiles is how many descriptors a process has open, 0 when nobody may know.
func openFiles(pid int) int {
	all, _ := os.ReadDir(filepath.Join("/proc", strconv.Itoa(pid), "fd"))
	return len(all)
}

// tasks calls f with the directory of every thread of a process.
func tasks(pid int, f func(dir string)) {
	dirs, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(pid), "task", "*"))
	for _, d := range dirs {
		f(d)
	}
}

// isAwake reports whether a thread uses a processor or would, or waits for a disk.
func isAwake(dir string) bool {
	s, err := readStat(dir)
	return err == nil && (s.state == 'R' || s.state == 'D')
}

// countsDelays says whether the kernel counts how long threads wait for a processor.
var countsDelays = sync.OnceValue(func() bool {
	_, err := os.Stat("/proc/self/schedstat")
	return err == nil
})

// waited is how long a thread was ready without a processor.
func waited(dir string) time.Duration {
	b, _ := os.ReadFile(filepath.Join(dir, "schedstat"))
	if f := strings.Fields(string(b)); len(f) == 3 {
		n, _ := strconv.ParseInt(f[1], 10, 64)
		return time.Duration(n)
	}
	return 0
}

package sandbox

import (
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// runMeter measures the one process of a run.
type runMeter struct {
	pid    int
	base   time.Duration // processor time that is not the program's
	status *os.File      // of /proc, kept open: to look it up costs more than to read it
	disk   *os.File      // the private /tmp, nil where there is none
	delays delays
}

func meterOf(pid int, base time.Duration) *runMeter {
	m := &runMeter{pid: pid, base: base, delays: delays{}}
	m.status, _ = os.Open(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	m.openDisk()
	return m
}

// openDisk keeps the private /tmp at hand, so that it can be looked at even
// after the program has ended. Only in Full is it a tmpfs of its own.
func (m *runMeter) openDisk() {
	root := filepath.Join("/proc", strconv.Itoa(m.pid), "root")
	if to, err := os.Readlink(root); err != nil || to != "/" {
		return
	}
	f, err := os.OpenFile(filepath.Join(root, "tmp"), unix.O_PATH, 0)
	if err != nil {
		return
	}
	var own, outer unix.Stat_t
	if unix.Fstat(int(f.Fd()), &own) != nil || unix.Stat("/tmp", &outer) != nil || own.Dev == outer.Dev {
		f.Close()
		return
	}
	m.disk = f
}

func (m *runMeter) close() {
	m.status.Close() // nil closes without harm
	if m.disk != nil {
		m.disk.Close()
	}
}

func (*runMeter) step() time.Duration { return 20 * time.Millisecond }

func (m *runMeter) read(deep bool) (usage, bool) {
	peak, threads, ok := peakRSS(m.status)
	if !ok {
		return usage{}, false
	}
	cpu, _ := cpuTime(m.pid)
	u := usage{cpu: cpu - m.base, rss: peak, threads: threads, full: m.diskFull()}
	if deep {
		u.files = openFiles(m.pid)
		u.awake = m.delays.read(m.pid)
	}
	u.delay, u.counted = m.delays.sum(), countsDelays()
	return u, true
}

func (m *runMeter) diskFull() bool {
	var s unix.Statfs_t
	return m.disk != nil && unix.Fstatfs(int(m.disk.Fd()), &s) == nil && s.Bavail == 0
}

// delays are the times that threads waited for a processor, by directory of
// the thread; those of ended threads stay.
type delays map[string]time.Duration

// read brings the delays of a process up to date and reports whether one of
// its threads is awake.
func (d delays) read(pid int) (awake bool) {
	tasks(pid, func(dir string) {
		d[dir] = waited(dir)
		awake = awake || isAwake(dir)
	})
	return awake
}

func (d delays) sum() (total time.Duration) {
	for v := range maps.Values(d) {
		total += v
	}
	return total
}

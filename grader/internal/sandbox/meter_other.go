//go:build !linux

package sandbox

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// runMeter measures a process with the words of ps, which every Unix has.
// Where there is no ps nothing is measured, and only the wall limit holds.
type runMeter struct {
	pid  int
	base time.Duration
}

func meterOf(pid int, base time.Duration) *runMeter { return &runMeter{pid, base} }

func treeOf(pid int) meter { return &runMeter{pid: pid} }

func (m *runMeter) close() {}

func (m *runMeter) diskFull() bool { return false }

func (m *runMeter) step() time.Duration { return 200 * time.Millisecond }

func (m *runMeter) read(bool) (usage, bool) {
	ps := exec.Command("ps", "-o", "state=,time=,rss=", "-p", strconv.Itoa(m.pid))
	ps.Env = append(os.Environ(), "LC_ALL=C") // elsewhere seconds have a decimal comma
	line, err := ps.Output()
	if err != nil {
		return usage{}, false
	}
	f := strings.Fields(string(line))
	if len(f) != 3 {
		return usage{}, false
	}
	kib, err := strconv.ParseInt(f[2], 10, 64)
	cpu, ok := clock(f[1])
	return usage{cpu: cpu - m.base, rss: kib << 10, awake: strings.ContainsAny(f[0][:1], "RUD")}, ok && err == nil
}

// clock reads [HH:]MM:SS[.CC].
func clock(s string) (total time.Duration, ok bool) {
	for part := range strings.SplitSeq(s, ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return 0, false
		}
		total = total*60 + time.Duration(n*float64(time.Second))
	}
	return total, true
}

func cpuTime(pid int) (time.Duration, bool) {
	u, ok := meterOf(pid, 0).read(false)
	return u.cpu, ok
}

//go:build !linux

package sandbox

import (
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
	line, err := exec.Command("ps", "-o", "state=,time=,rss=", "-p", strconv.Itoa(m.pid)).Output()
	if err != nil {
		return usage{}, false
	}
	f := strings.Fields(string(line))
	if len(f) != 3 {
		return usage{}, false
	}
	kib, err := strconv.ParseInt(f[2], 10, 64)
	return usage{cpu: clock(f[1]) - m.base, rss: kib << 10, awake: strings.ContainsAny(f[0][:1], "RUD")}, err == nil
}

// clock reads [HH:]MM:SS[.CC].
func clock(s string) time.Duration {
	var total float64
	for part := range strings.SplitSeq(s, ":") {
		n, _ := strconv.ParseFloat(part, 64)
		total = total*60 + n
	}
	return time.Duration(total * float64(time.Second))
}

func cpuTime(pid int) (time.Duration, bool) {
	u, ok := meterOf(pid, 0).read(false)
	return u.cpu, ok
}

package sandbox

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// descendants lists the processes that descend from pid, without itself.
func descendants(pid int) []int {
	var all []int
	for _, c := range childrenOf(pid) {
		all = append(append(all, c), descendants(c)...)
	}
	return all
}

func childrenOf(pid int) (children []int) {
	tasks(pid, func(dir string) {
		b, _ := os.ReadFile(filepath.Join(dir, "children"))
		for f := range strings.FieldsSeq(string(b)) {
			if n, err := strconv.Atoi(f); err == nil {
				children = append(children, n)
			}
		}
	})
	return children
}

// treeMeter measures a process and all that descend from it, as a compiler.
type treeMeter struct {
	pid    int
	delays delays
}

func (*treeMeter) step() time.Duration { return 50 * time.Millisecond }

func (m *treeMeter) read(deep bool) (u usage, ok bool) {
	for _, pid := range append(descendants(m.pid), m.pid) {
		s, err := readStat(filepath.Join("/proc", strconv.Itoa(pid)))
		if err != nil {
			continue
		}
		ok = true
		u.cpu += s.cpu + s.children
		u.rss += s.rss
		u.threads += s.threads
		if deep && m.delays.read(pid) {
			u.awake = true
		}
	}
	u.delay, u.counted = m.delays.sum(), countsDelays()
	return u, ok
}

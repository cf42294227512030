package correct

import (
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

func TestMain(m *testing.M) { probe.Main(m) }

// TestCorrect explores each scenario under as many schedules as the environment
// says and prints how many there were and how long they took.
func TestCorrect(t *testing.T) {
	each, err := strconv.Atoi(os.Getenv("EACH"))
	if err != nil {
		t.Skip("run by another test")
	}
	var all int64
	start := processorTime(t)
	for name, body := range scenarios {
		t.Run(name, func(t *testing.T) {
			var n atomic.Int64
			explore.Run(t, func(s *explore.S) {
				n.Add(1)
				body(s)
			}, explore.Schedules(each), explore.Preemptions(4))
			t.Logf("%d schedules", n.Load())
			all += n.Load()
		})
	}
	took := processorTime(t) - start
	t.Logf("in all %d schedules, %.0f a second", all, float64(all)/took.Seconds())
}

func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

//go:build hidden

package eventloop_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// starve has a chain of 1000 callbacks, a millisecond each, and something else that
// is to be done after 10.5 ms.
func starve(t *testing.T, what, chain string, link, other func(d *diary, fn func())) {
	t.Helper()
	const length = 1000
	d := open(t)
	links, seen := 0, -1
	var next func()
	next = func() {
		time.Sleep(time.Millisecond)
		if links++; links == length {
			d.Close()
			return
		}
		link(d, next)
	}
	link(d, next)
	other(d, func() { seen = links })
	d.run(t.Context())
	if seen < 0 || seen > length/2 {
		probe.Fail(t, 3, fmt.Sprintf("turns that a %s after 10.5ms waits for, behind %d %s", what, length, chain),
			map[bool]any{true: "all", false: seen}[seen < 0], "a few")
	}
}

// cancelledTooLate cancels timers that have run: those made since stay.
func cancelledTooLate(t *testing.T) {
	const timers, s = 8, time.Second
	d := open(t)
	var stops []func()
	var first, since []string
	for i := range timers {
		stops = append(stops, d.after(s, fmt.Sprint("timer ", i)))
		first = append(first, fmt.Sprintf("timer %d at 1s", i))
		since = append(since, fmt.Sprintf("made since: timer %d at 3s", i))
	}
	d.after(2*s, "cancels those that have run", func() {
		for i := range timers {
			d.after(s, fmt.Sprint("made since: timer ", i))
		}
		for _, stop := range stops {
			stop()
		}
	})
	time.AfterFunc(4*s, d.Close)
	d.run(t.Context())
	d.want(3, "timers that are cancelled after they have run", slices.Concat(first, []string{"cancels those that have run at 2s"},
		since, []string{"Run returns nil at 4s"})...)
}

// oneInAnother has a callback that runs a loop of its own.
func oneInAnother(t *testing.T) {
	outer, inner := open(t), open(t)
	outer.post("runs another loop", 0, func() {
		inner.post("on the other loop", time.Second, inner.Close)
		inner.run(t.Context())
	})
	outer.post("close", 0, outer.Close)
	outer.run(t.Context())
	inner.want(1, "a loop that runs in a callback of another one", "on the other loop at 0s", "Run returns nil at 1s")
	outer.want(1, "a loop one of whose callbacks runs another one", "runs another loop at 0s", "close at 1s", "Run returns nil at 1s")
}

// idles has a loop with nothing to do for two minutes. One that looks again and
// again wakes up for that, thousands of times. The garbage collector, which may do so
// a hundred thousand times in a cycle, is off meanwhile.
func idles(t *testing.T) {
	const limit = 500 // of about eight wake-ups each: one every 30 ms
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC() // a cycle that has begun would go on
	d := open(t)
	d.after(2*time.Minute, "close", d.Close)
	before := scheduled()
	d.run(t.Context())
	if scheduled()-before > limit {
		probe.Failf(t, 5, "a loop that has nothing to do for two minutes wakes up thousands of times")
	}
	d.want(5, "a loop that is idle for two minutes", "close at 2m0s", "Run returns nil at 2m0s")
}

// idlesForLong has a loop sleep for more than a day: until its timer is due, and not
// until any sleep ends.
func idlesForLong(t *testing.T) {
	d := open(t)
	d.after(30*time.Hour, "close", d.Close)
	d.run(t.Context())
	d.want(3, "a loop that is idle for 30h", "close at 30h0m0s", "Run returns nil at 30h0m0s")
}

// scheduled is how often goroutines of this process have begun to run. The runtime
// counts about one time in eight.
func scheduled() (n uint64) {
	sample := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	metrics.Read(sample)
	for _, count := range sample[0].Value.Float64Histogram().Counts {
		n += count
	}
	return n
}

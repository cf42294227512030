//go:build hidden

package eventloop_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// starve has chains of 1000 callbacks in all, a millisecond each, and something else
// that is to be done after 10.5 ms.
func starve(t *testing.T, what string, chains int, chain string, link, other func(d *diary, fn func())) {
	t.Helper()
	const length = 1000
	d := open(t)
	links, seen := 0, -1
	var next func()
	next = func() {
		time.Sleep(time.Millisecond)
		if links++; links >= length {
			d.Close()
			return
		}
		link(d, next)
	}
	for range chains {
		link(d, next)
	}
	other(d, func() { seen = links })
	d.run(t.Context())
	if seen < 0 || seen > length/2 {
		probe.Fail(t, 3, fmt.Sprintf("turns that a %s after 10.5ms waits for, behind %d %s, %d at a time", what, length, chain, chains),
			map[bool]any{true: "all", false: seen}[seen < 0], "a few")
	}
}

// cancelledTooLate cancels timers that have run, or that are cancelled: those made
// since stay.
func cancelledTooLate(t *testing.T) {
	const timers, s = 8, time.Second
	d := open(t)
	var stops []func()
	var first, since []string
	again := d.after(far, "cancelled twice")
	for i := range timers {
		stops = append(stops, d.after(s, fmt.Sprint("timer ", i)))
		first = append(first, fmt.Sprintf("timer %d at 1s", i))
		since = append(since, fmt.Sprintf("made since: timer %d at 3s", i))
	}
	stops = append(stops, again)
	d.after(2*s, "cancels those that have run", func() {
		again()
		for i := range timers {
			d.after(s, fmt.Sprint("made since: timer ", i))
		}
		for _, stop := range stops {
			stop()
		}
	})
	time.AfterFunc(4*s, d.Close)
	d.run(t.Context())
	d.want(3, "timers that are cancelled after they have run, and one that is cancelled twice", slices.Concat(first, []string{"cancels those that have run at 2s"},
		since, []string{"Run returns nil at 4s"})...)
}

// rightFirst returns the numbers below n in the order of a heap that holds the smaller
// ones on its right. Whoever takes the place of one on the left has to rise.
func rightFirst(n int) []int {
	order, next := make([]int, n), 0
	var fill func(place int)
	fill = func(place int) {
		if place < n {
			order[place] = next
			next++
			fill(2*place + 2)
			fill(2*place + 1)
		}
	}
	fill(0)
	return order
}

// everyThird cancels every third of many timers that are made in this order, the last
// one to be due first. The others keep theirs.
func everyThird(t *testing.T, order []int) {
	d := open(t)
	stops := make([]func(), len(order))
	for _, i := range order {
		stops[i] = d.after(time.Duration(i+1)*time.Second, fmt.Sprint("timer ", i))
	}
	end := time.Duration(len(order)+1) * time.Second
	d.after(end, "close", d.Close)
	d.post("cancels", 0, func() {
		for i := len(order) - 1; i >= 0; i-- {
			if i%3 == 0 {
				stops[i]()
			}
		}
	})
	want := []string{"cancels at 0s"}
	for i := range order {
		if i%3 != 0 {
			want = append(want, fmt.Sprintf("timer %d at %v", i, time.Duration(i+1)*time.Second))
		}
	}
	d.run(t.Context())
	d.want(3, fmt.Sprintf("%d timers, every third of which is cancelled", len(order)), append(want, fmt.Sprint("close at ", end), fmt.Sprint("Run returns nil at ", end))...)
}

// floods posts 3n callbacks before Run, while a callback holds up the loop, and from a
// callback.
func floods(t *testing.T, n int) {
	d := open(t)
	count, late := 0, 0
	flood := func(before int) {
		for i := range n {
			_ = d.Post(func() {
				if count != before+i {
					late++
				}
				count++
			})
		}
	}
	flood(0) // Run is not there yet
	gate := probe.NewGate()
	d.Post(gate.Pass)
	d.Post(func() { flood(2 * n) })
	go d.run(t.Context())
	probe.Equal(t, 1, "callbacks that wait on the loop", gate.Inside(), 1)
	flood(n) // a callback holds up the loop
	gate.Open()
	d.Post(func() { d.Post(d.Close) })
	<-d.ended
	probe.Equal(t, 2, "callbacks that have run, of those posted", count, 3*n)
	probe.Equal(t, 1, fmt.Sprintf("callbacks, of %d posted, that have run before or after their turn", 3*n), late, 0)
	probe.Equal(t, 4, "error of Run after Close", code(d.err), "nil")
}

// sideBySide runs loops at the same time, each on a goroutine of its own.
func sideBySide(t *testing.T) {
	all := []*diary{open(t), open(t), open(t)}
	probe.Parallel(t, len(all), func(i int) {
		d := all[i]
		_ = d.Post(d.write("posted", 0))
		for range 3 {
			d.After(time.Second, d.write("timer", time.Second))
		}
		if cancel := d.After(time.Second, d.write("cancelled", 0)); cancel != nil {
			cancel()
		}
		d.After(3*time.Second, d.Close)
		d.run(t.Context())
	})
	for _, d := range all {
		d.want(3, "one of three loops that run at the same time", "posted at 0s", "timer at 1s", "timer at 2s", "timer at 3s", "Run returns nil at 4s")
	}
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

// idles has a loop with nothing to do for long, more than a day at last: until its
// timer is due or, without timers, something is posted, and not until any sleep ends.
// One that looks again and again wakes up for that, thousands of times.
func idles(t *testing.T, long time.Duration, has string) {
	const limit = 500 // of about eight wake-ups each: one every 30 ms of two minutes
	d, contract := open(t), 5
	switch has {
	case "a timer":
		contract = 3
		d.after(long, "close", d.Close)
	case "a cancelled timer":
		d.after(2*long, "cancelled")()
		fallthrough
	default:
		time.AfterFunc(long, func() { d.post("close", 0, d.Close) })
	}
	go d.run(t.Context())
	if probe.WakeUps(long-1) > limit {
		probe.Failf(t, 5, "a loop that has %s and nothing to do for %v wakes up thousands of times", has, long)
	}
	<-d.ended
	d.want(contract, fmt.Sprintf("a loop that has %s and is idle for %v", has, long), fmt.Sprint("close at ", long), fmt.Sprint("Run returns nil at ", long))
}

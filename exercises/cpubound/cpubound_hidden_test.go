//go:build hidden

package cpubound_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/cpubound"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, to the letter.
var (
	_ func(ctx context.Context, workers int, in []int, f func(int) string) ([]string, error) = cpubound.Map[int, string]
	_ func(ctx context.Context, workers int, in []string, f func(string) int) ([]int, error) = cpubound.Map[string, int]
)

func TestOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, workers := range []int{1, 2, 3 + r.IntN(5), 100} {
		probe.Bubble(t, func(t *testing.T) {
			in := numbers(r, 20)
			before := slices.Clone(in)
			takes := map[int]time.Duration{}
			for _, n := range in {
				takes[n] = time.Duration(r.IntN(9)) * time.Second
			}
			var calls probe.Log[int]
			got, err := cpubound.Map(probe.Foreign(t.Context()), workers, in, func(n int) string {
				calls.Add(n)
				time.Sleep(takes[n])
				return name(n)
			})
			call := fmt.Sprintf("Map(ctx, %d, %v, f)", workers, before)
			probe.Equal(t, 2, call, fmt.Sprint(got, ", ", probe.ErrorName(err)), fmt.Sprint(names(before), ", nil"))
			called := calls.All()
			slices.Sort(called)
			probe.Equal(t, 2, "items that f is called with, sorted, by "+call, fmt.Sprint(called), fmt.Sprint(slices.Sorted(slices.Values(before))))
			probe.Equal(t, 2, "in after "+call, fmt.Sprint(in), fmt.Sprint(before))
		})
	}
	in := []int{3, 1, 2} // whose results would fit into it
	got, err := cpubound.Map(t.Context(), 2, in, func(n int) int { return 10 * n })
	probe.Equal(t, 2, "Map(ctx, 2, [3 1 2], f that returns 10*n)", results(got)+", "+probe.ErrorName(err), "[30 10 20], nil")
	probe.Equal(t, 2, "in after Map(ctx, 2, [3 1 2], f that returns 10*n)", fmt.Sprint(in), "[3 1 2]")
	var calls probe.Gauge
	cpubound.Map(t.Context(), 1, []int{7, 7, 7}, func(int) int { return calls.Next() })
	probe.Equal(t, 2, "calls of f by Map(ctx, 1, [7 7 7], f)", calls.Total(), 3)
	none, err := cpubound.Map(t.Context(), 2, in, func(int) any { return nil })
	probe.Equal(t, 2, "Map(ctx, 2, [3 1 2], f that returns a nil of type any)", fmt.Sprint(none, ", ", probe.ErrorName(err)), "[<nil> <nil> <nil>], nil")
	for _, in := range [][]int{nil, {}} {
		got, err := cpubound.Map(t.Context(), 3, in, name)
		if got == nil || len(got) > 0 || err != nil {
			probe.Fail(t, 2, "Map(ctx, 3, an empty slice, f)", fmt.Sprintf("%#v, %s", got, probe.ErrorName(err)), "[]string{}, nil")
		}
	}
}

// numbers returns n different numbers in no particular order.
func numbers(r *rand.Rand, n int) []int {
	in := r.Perm(n)
	for i := range in {
		in[i] = 10*in[i] + r.IntN(10)
	}
	return in
}

func name(n int) string { return fmt.Sprintf("f(%d)", n) }

func names(in []int) []string {
	all := make([]string, len(in))
	for i, n := range in {
		all[i] = name(n)
	}
	return all
}

func TestInFlight(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	inFlight(t, 1, 5, 1)
	inFlight(t, 4096, 5, 5)
	inFlight(t, 2+r.IntN(6), 20, 0)
	inFlight(t, 10, 3+r.IntN(5), 0)
	inFlight(t, 1100, 1200, 0)
	inFlight(t, 50*runtime.GOMAXPROCS(0), 60*runtime.GOMAXPROCS(0), 0)
	procs := 3 + r.IntN(3)
	for procs == runtime.NumCPU() {
		procs++
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	inFlight(t, 0, 20, procs)
	inFlight(t, -1-r.IntN(9), 20, procs)
	probe.Bubble(t, together)
}

// together has two Maps at once, which know nothing of each other.
func together(t *testing.T) {
	gate := probe.NewGate()
	f := func(int) int { gate.Pass(); return 0 }
	one, other := begin(t.Context(), 2, indices(5), f), begin(t.Context(), 2, indices(5), f)
	probe.Equal(t, 1, "calls of f in flight in two Maps with 2 workers each", gate.Inside(), 4)
	gate.Open()
	one.gave(t, "one of two Maps at once", 5)
	other.gave(t, "one of two Maps at once", 5)
}

// inFlight holds every call of f inside. want is the number of them that must
// be there; 0 stands for the smaller one of workers and items.
func inFlight(t *testing.T, workers, items, want int) {
	t.Helper()
	if want == 0 {
		want = min(workers, items)
	}
	call := fmt.Sprintf("Map(ctx, %d, %d items, f) at GOMAXPROCS %d", workers, items, runtime.GOMAXPROCS(0))
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		m := begin(t.Context(), workers, make([]int, items), func(int) int {
			gate.Pass()
			time.Sleep(time.Second)
			return 0
		})
		probe.Equal(t, 1, "calls of f in flight in "+call, gate.Inside(), want)
		gate.Open()
		time.Sleep(time.Hour)
		probe.Equal(t, 1, "most calls of f in flight in "+call, gate.Peak(), want)
		m.gave(t, call, items)
	})
}

func TestGoroutines(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	goroutines(t, 2+r.IntN(6), 200)
	goroutines(t, 1, 50)
	goroutines(t, 1000, 3+r.IntN(5))
	goroutines(t, 1+r.IntN(5), 1)
	goroutines(t, 2, 2)
	noneForNothing(t)
	startedInAll(t, 1000+100*runtime.GOMAXPROCS(0), 3+r.IntN(5))
	startedInAll(t, 1000+100*runtime.GOMAXPROCS(0), 1)
}

// startedInAll also counts goroutines that ended without a look at f. Their
// numbers go up with every start, in batches for each processor, so it takes a
// Map that starts hundreds too many to be sure.
func startedInAll(t *testing.T, workers, items int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		before := newest()
		m := begin(t.Context(), workers, make([]int, items), func(int) int { return 0 })
		call := fmt.Sprintf("Map(ctx, %d, %d items, f)", workers, items)
		m.gave(t, call, items)
		if started := newest() - before; started > workers/2 {
			probe.Fail(t, 1, "goroutines that "+call+" starts in all", fmt.Sprintf("more than %d", workers/2), fmt.Sprintf("at most %d", items+1))
		}
	})
}

// goroutines counts those that are there when all stands still, and then those
// that f is ever called on: Map's caller may be one more of them.
func goroutines(t *testing.T, workers, items int) {
	t.Helper()
	most := min(workers, items) + 1
	call := fmt.Sprintf("Map(ctx, %d, %d items, f)", workers, items)
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		var on probe.Log[string]
		m := begin(t.Context(), workers, make([]int, items), func(int) int {
			on.Add(probe.Goroutine())
			gate.Pass()
			return 0
		})
		if gate.Inside() == 0 {
			probe.Failf(t, 1, "%s calls f not once", call)
		}
		if started := len(probe.Goroutines(probe.BubbleID())) - 2; started > most { // without this one and the caller
			probe.Fail(t, 1, "goroutines of "+call+" while f runs", started, fmt.Sprintf("at most %d", most))
		}
		gate.Open()
		synctest.Wait()
		all := slices.DeleteFunc(on.All(), func(g string) bool { return g == m.caller })
		slices.Sort(all)
		if ever := len(slices.Compact(all)); ever > most {
			probe.Fail(t, 1, "goroutines that "+call+" starts to call f", ever, fmt.Sprintf("at most %d", most))
		}
		m.gave(t, call, items)
		probe.NoneLeft(t, call)
	})
}

// Slow items take all workers but one, and that one does all the rest.
func TestSlowItem(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	workers := 2 + r.IntN(3)
	items := workers * (3 + r.IntN(3))
	slowItems(t, workers, items, r.Perm(workers-1))
	slowItems(t, workers, items, r.Perm(items)[:workers-1])
	slowItems(t, workers, 2500*workers, r.Perm(workers-1)) // so many that one may be tempted to hand out blocks
}

func slowItems(t *testing.T, workers, items int, slow []int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		var quick probe.Gauge
		m := begin(t.Context(), workers, indices(items), func(i int) int {
			if slices.Contains(slow, i) {
				gate.Pass()
			} else {
				quick.Enter()
			}
			return i
		})
		synctest.Wait()
		call := fmt.Sprintf("Map(ctx, %d, %d items, f)", workers, items)
		probe.Equal(t, 2, fmt.Sprintf("items done in %s while only items %v take long", call, slow), quick.Total(), items-len(slow))
		gate.Open()
		m.gave(t, call, items)
	})
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	workers := 2 + r.IntN(3)
	second := time.Second
	cancelled(t, workers, 9*workers, 1500*time.Millisecond, 2*second, 2*workers)
	cancelled(t, workers, 9*workers, 2700*time.Millisecond, 3*second, 3*workers)
	cancelled(t, workers, 2*workers, 1500*time.Millisecond, 2*second, 2*workers) // all have started
	cancelled(t, workers, workers, 500*time.Millisecond, second, workers)
	cancelled(t, workers, 1, 500*time.Millisecond, second, 1)
	cancelled(t, 1, 9, 3500*time.Millisecond, 4*second, 4)
	cancelled(t, 1, 3, 2500*time.Millisecond, 3*second, 3)
	cancelled(t, workers, 9*workers, 0, 0, 0) // before the call
	cancelled(t, workers, 1, 0, 0, 0)
	outOfTime(t, workers)
	inTime(t, workers)
	hours(t, workers)
}

func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	for _, scenario := range []func(*explore.S){eachOnce, anyMoment, noneAfter, lastOne} {
		if explore.Run(t, scenario, explore.Schedules(250)); t.Failed() {
			return
		}
	}
}

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const workers, items = 12, 5000
	in := indices(items)
	probe.Parallel(t, 3, func(int) {
		got, err := cpubound.Map(t.Context(), workers, in, func(n int) int { return 2*n + 1 })
		if err != nil || len(got) != items {
			probe.Fail(t, 2, "number of results and error of one of three Maps at once", fmt.Sprint(len(got), ", ", probe.ErrorName(err)), fmt.Sprint(items, ", nil"))
			return
		}
		for i, v := range got {
			if v != 2*i+1 {
				probe.Fail(t, 2, fmt.Sprintf("result %d of one of three Maps at once", i), v, 2*i+1)
				return
			}
		}
	})
}

// A nil f is refused on the caller's goroutine, and a good one is not.
func TestNilF(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		got, err := cpubound.Map(t.Context(), 2, []int{1, 2}, name)
		probe.Equal(t, 2, "Map(ctx, 2, [1 2], f)", fmt.Sprint(got, ", ", probe.ErrorName(err)), "[f(1) f(2)], nil")
		probe.WantPanic(t, 4, "Map(ctx, 2, [1 2], nil)", func() { cpubound.Map[int, int](t.Context(), 2, []int{1, 2}, nil) })
		probe.WantPanic(t, 4, "Map(ctx, 2, [], nil)", func() { cpubound.Map[int, int](t.Context(), 2, []int{}, nil) })
	})
}

//go:build hidden

package scheduler_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/scheduler"
)

// The API, to the letter.
var (
	_ func() *scheduler.Scheduler                                = scheduler.New
	_ func(s *scheduler.Scheduler, body func(c *scheduler.Coro)) = (*scheduler.Scheduler).Spawn
	_ func(s *scheduler.Scheduler)                               = (*scheduler.Scheduler).Run
	_ func(c *scheduler.Coro)                                    = (*scheduler.Coro).Yield
	_ func(c *scheduler.Coro, d time.Duration)                   = (*scheduler.Coro).Sleep
)

const ms = time.Millisecond

func TestInTurn(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, n := range []int{3, 1, 2 + r.IntN(20)} {
		follow(t, 1, bodies(n, func(int) []step { return slices.Repeat([]step{yield}, r.IntN(6)) })...)
	}
	follow(t, 1, body("a", yield, compute(ms), yield), body("b"), body("c", yield, yield, yield, yield))
	follow(t, 1) // nobody: Run returns
	// The queue grows while it is under way, to more than a hundred.
	follow(t, 1, bodies(45, func(i int) []step {
		newcomer := func(k int) script { return body(fmt.Sprintf("n%d.%d", i, k), yield) }
		return []step{spawn(newcomer(1)), spawn(newcomer(2)), yield, yield}
	})...)
}

func TestSpawn(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) { crowd(t, 1_100) })
	r := probe.Rand(t)
	follow(t, 1, body("a", spawn(body("x", yield)), spawn(body("y", yield)), yield), body("b", yield))
	follow(t, 1, body("a", yield, spawn(body("x", spawn(body("y", spawn(body("z"))))))))
	var steps []step
	for i := range 3 + r.IntN(5) {
		steps = append(steps, spawn(body(fmt.Sprintf("n%d-", i), slices.Repeat([]step{yield}, r.IntN(3))...)))
		if r.IntN(2) == 0 {
			steps = append(steps, yield)
		}
	}
	follow(t, 1, body("a", steps...), body("b", yield, yield))
	probe.Bubble(t, func(t *testing.T) {
		s := scheduler.New()
		if probe.Recovered(func() { s.Spawn(nil) }) == nil {
			probe.Fail(t, 5, "Spawn(nil)", "no panic", "a panic")
		}
	})
}

func TestSleepsOverlap(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n, times := 3+r.IntN(10), 2+r.IntN(3)
	follow(t, 3, bodies(n, func(int) []step { return slices.Repeat([]step{sleep(time.Second)}, times) })...)
	// Awake bodies go on, and each sleeper has its own time.
	follow(t, 2, body("a", sleep(5*time.Second)), body("b", compute(ms), yield, yield), body("c", sleep(2*time.Second), yield), body("d", yield))
	follow(t, 2, body("a", sleep(1)), body("b", yield, yield)) // a nanosecond is no Yield
	for _, long := range []time.Duration{2 * time.Minute, 2 * time.Hour} {
		if !t.Failed() { // one that looks again and again would take for ever
			probe.Bubble(t, func(t *testing.T) { idles(t, long) })
		}
	}
	if !t.Failed() {
		probe.Bubble(t, sleepsForEver)
	}
	follow(t, 2, body("a", sleep(0), yield), body("b", sleep(-time.Second), yield), body("c", yield, yield))
	follow(t, 2, bodies(n, func(int) []step {
		return []step{sleep(time.Duration(1 + r.IntN(1e9))), sleep(time.Duration(1 + r.IntN(1e9)))}
	})...)
}

func TestPlaces(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	// a wakes up at 10ms, while b computes: before b yields, and after c joined.
	follow(t, 2, body("a", sleep(10*ms)), body("b", compute(15*ms), yield), body("c", yield))
	follow(t, 2, body("a", sleep(10*ms)), body("b", compute(15*ms), spawn(body("x")), compute(ms), yield))
	follow(t, 2, body("a", sleep(10*ms)), body("b", sleep(4*ms)), body("c", compute(15*ms), spawn(body("x")), sleep(ms), yield))
	// Equal wake-up times, from different moments.
	follow(t, 2, body("a", sleep(10*ms)), body("b", compute(3*ms), sleep(7*ms)), body("c", compute(ms), sleep(6*ms)), body("d", sleep(5*ms), yield))
	follow(t, 2, body("a", sleep(9*ms)), body("b", sleep(3*ms), sleep(6*ms)), body("c", sleep(5*ms), sleep(4*ms)), body("d", sleep(9*ms)))
	follow(t, 2, bodies(40, func(i int) []step { return []step{sleep(time.Duration(3-i%3) * time.Second)} })...)
	// A nanosecond earlier is earlier.
	follow(t, 2, body("a", sleep(10*ms+2)), body("b", sleep(10*ms+1)), body("c", compute(15*ms), yield))
	// A sleep begins when it is called, not when the last one was to end.
	follow(t, 2, body("a", sleep(10*ms), compute(5*ms), sleep(10*ms), yield), body("b", sleep(22*ms)))
	// A negative duration is a Yield: b does not come before a, which woke up meanwhile.
	follow(t, 2, body("a", sleep(10*ms)), body("b", compute(15*ms), sleep(-time.Second)), body("c", yield))
	// Durations to the nanosecond, so that no two moments are the same.
	some := func() time.Duration { return time.Duration(1 + r.IntN(1e8)) }
	for range 8 {
		follow(t, 2, bodies(2+r.IntN(5), func(i int) (steps []step) {
			for range 2 + r.IntN(5) {
				newcomer := body(fmt.Sprintf("%c%c", 'A'+i, 'A'+len(steps)), compute(some()), sleep(some()))
				steps = append(steps, []step{yield, sleep(some()), compute(some()), spawn(newcomer)}[r.IntN(4)], compute(some()))
			}
			return steps
		})...)
	}
}

// Bodies share plain variables, and no schedule of the goroutines behind them
// lets two bodies run at the same time.
func TestOneAtATime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) { shared(t, 12) })
	probe.Bubble(t, oneInAnother)
	probe.Bubble(t, sideBySide)
	if t.Failed() {
		return
	}
	explore.Run(t, func(x *explore.S) {
		var inside probe.Gauge
		var log probe.Log[string]
		s := scheduler.New()
		part := func(name string) {
			inside.Enter()
			x.Yield()
			log.Add(name)
			inside.Leave()
		}
		s.Spawn(func(c *scheduler.Coro) {
			part("a1")
			c.Yield()
			part("a2")
			s.Spawn(func(*scheduler.Coro) { part("x1") })
		})
		s.Spawn(func(c *scheduler.Coro) {
			part("b1")
			c.Sleep(time.Second)
			part("b2")
		})
		s.Run()
		if inside.Peak() > 1 {
			x.Fail(1, "bodies that run at the same time", inside.Peak(), 1)
		}
		if got, want := fmt.Sprint(log.All()), "[a1 b1 a2 x1 b2]"; got != want {
			x.Fail(1, "turns of a, b and of x, which a brings in", got, want)
		}
	}, explore.Schedules(200))
}

// shared has n bodies write plain variables, and compute meanwhile.
func shared(t *testing.T, n int) {
	const rounds = 20
	var inside probe.Gauge
	sum, names := 0, map[int]int{}
	s := scheduler.New()
	for i := range n {
		s.Spawn(func(c *scheduler.Coro) {
			for round := range rounds {
				inside.Enter()
				sum++
				names[i] = round
				if round%5 == 0 {
					time.Sleep(ms)
				}
				inside.Leave()
				if round%2 == 0 {
					c.Yield()
				} else {
					c.Sleep(ms)
				}
			}
		})
	}
	s.Run()
	probe.Equal(t, 1, fmt.Sprintf("additions to a plain variable of %d bodies", n), sum, n*rounds)
	probe.Equal(t, 1, fmt.Sprintf("bodies of %d that run at the same time", n), inside.Peak(), 1)
}

// oneInAnother has a body run a scheduler of its own, whose bodies take turns while
// the body keeps its own turn.
func oneInAnother(t *testing.T) {
	var log probe.Log[string]
	outer := scheduler.New()
	for _, name := range []string{"a", "b"} {
		outer.Spawn(func(c *scheduler.Coro) {
			inner := scheduler.New()
			for _, n := range []int{1, 2} {
				inner.Spawn(func(c *scheduler.Coro) {
					c.Sleep(ms)
					log.Add(fmt.Sprint(name, n))
					c.Yield()
				})
			}
			inner.Run()
			log.Add(name)
			c.Yield()
			log.Add(name)
		})
	}
	outer.Run()
	probe.Equal(t, 1, "turns of a and b, each of which first runs a scheduler of its own, with bodies 1 and 2",
		fmt.Sprint(log.All()), "[a1 a2 a b1 b2 b a b]")
}

func TestPanic(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	ofTheRuntime := probe.Recovered(func() { _ = []int{}[r.Int()] })
	for _, value := range []any{r.Int(), fmt.Errorf("checkmate"), context.Canceled, new(int), ofTheRuntime, []int{1}} {
		panics := func(*scheduler.Coro) { panic(value) }
		wantValue(t, "the only body panics", value, panics)
		wantValue(t, "the first body panics before the second begins", value, panics, ending)
		wantValue(t, "a body panics after the others have ended", value, ending, ending, panics)
		wantValue(t, "a body panics after Yield", value, yielding, func(c *scheduler.Coro) { c.Yield(); panic(value) })
		wantValue(t, "a body panics after Sleep", value, yielding, func(c *scheduler.Coro) { c.Sleep(time.Second); panic(value) })
	}
}

func TestUnwinding(t *testing.T) {
	probe.Check(t)
	scenarios := []func(*testing.T){unwind, neverBegun}
	for _, n := range []int{1, 2, 3, 4, 5, 6, 7, 8, 20} {
		scenarios = append(scenarios,
			func(t *testing.T) { spawnersUnwound(t, n, 0, time.Hour) },
			func(t *testing.T) { spawnersUnwound(t, n, time.Hour, time.Hour) },
			func(t *testing.T) { spawnersUnwound(t, n, 0, 0) })
	}
	for _, scenario := range scenarios {
		if !t.Failed() {
			probe.Bubble(t, scenario)
		}
	}
	if !t.Failed() {
		exploreUnwinding(t)
	}
}

func TestNothingStays(t *testing.T) {
	probe.Check(t)
	n := 1 + probe.Rand(t).IntN(10)
	for _, last := range []func(*scheduler.Coro){ending, func(*scheduler.Coro) { panic("checkmate") }} {
		probe.Bubble(t, func(t *testing.T) {
			var begun, ended probe.Gauge
			s := scheduler.New()
			for range n {
				s.Spawn(func(c *scheduler.Coro) {
					begun.Enter()
					defer ended.Enter()
					c.Yield()
					c.Sleep(time.Second)
				})
			}
			s.Spawn(func(c *scheduler.Coro) { c.Yield(); last(c) })
			probe.Equal(t, 1, fmt.Sprintf("goroutines started by %d Spawns before Run", n+1), len(probe.Leaked()), 0)
			probe.Recovered(s.Run)
			probe.NoneLeft(t, "Run")
			probe.Equal(t, 1, "bodies that have begun", begun.Total(), n)
			if left := len(probe.Leaked()); left == 0 {
				probe.Equal(t, 4, "bodies whose deferred calls have run", ended.Total(), n)
			}
		})
	}
	probe.Bubble(t, spawnBeforeRun)
}

// spawnBeforeRun spawns a body while another scheduler runs, whose body sleeps.
func spawnBeforeRun(t *testing.T) {
	s, other := scheduler.New(), scheduler.New()
	other.Spawn(func(c *scheduler.Coro) { c.Sleep(time.Second) })
	ended := make(chan struct{})
	go func() { other.Run(); close(ended) }()
	before := len(probe.Leaked())
	s.Spawn(ending)
	probe.Equal(t, 1, "goroutines started by Spawn before Run, while another scheduler runs", len(probe.Leaked())-before, 0)
	s.Run()
	<-ended
}

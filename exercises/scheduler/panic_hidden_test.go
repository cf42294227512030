//go:build hidden

package scheduler_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/scheduler"
)

func ending(*scheduler.Coro) {}

func yielding(c *scheduler.Coro) {
	for range 3 {
		c.Yield()
	}
}

// crowd has n bodies spawned before Run and n more by a body: nobody takes them
// meanwhile.
func crowd(t *testing.T, n int) {
	s, ended := scheduler.New(), 0 // bodies run one at a time: no lock
	all := func() {
		for range n {
			s.Spawn(func(*scheduler.Coro) { ended++ })
		}
	}
	all()
	s.Spawn(func(*scheduler.Coro) { all() })
	s.Run()
	probe.Equal(t, 1, fmt.Sprintf("bodies that have ended, %d of them spawned before Run and as many by a body", n), ended, 2*n)
}

// sleepsForEver has a body sleep for as long as there is, until another one panics.
func sleepsForEver(t *testing.T) {
	var log probe.Log[string]
	s := scheduler.New()
	s.Spawn(func(c *scheduler.Coro) {
		time.Sleep(time.Millisecond)
		c.Sleep(math.MaxInt64)
		log.Add("the sleeper is awake")
	})
	s.Spawn(func(c *scheduler.Coro) {
		c.Yield()
		c.Sleep(30 * time.Hour)
		log.Add("30 hours are over")
		panic("checkmate")
	})
	value := probe.Recovered(s.Run)
	probe.Equal(t, 2, "what happens within 30 hours while a body sleeps for 292 years", probe.Quoted(log.All()), probe.Quoted([]string{"30 hours are over"}))
	wantSame(t, "a body panics while another sleeps for 292 years", value, "checkmate")
}

// idles has bodies sleep for long. A Run that looks again and again whether their time has
// come wakes up for that, thousands of times.
func idles(t *testing.T, long time.Duration) {
	const limit = 500 // of about eight wake-ups each
	s, start := scheduler.New(), time.Now()
	for range 2 {
		s.Spawn(func(c *scheduler.Coro) { c.Sleep(long) })
	}
	took := make(chan time.Duration, 1)
	go func() { s.Run(); took <- time.Since(start) }()
	if probe.WakeUps(long-1) > limit {
		probe.Failf(t, 2, "a scheduler whose bodies sleep for %v wakes up thousands of times", long)
	}
	probe.Equal(t, 2, fmt.Sprintf("time of Run of two bodies that sleep for %v", long), <-took, long)
}

// sideBySide runs schedulers at the same time, each on a goroutine of its own, whose
// bodies sleep for 1 s, 10 s and 19 s.
func sideBySide(t *testing.T) {
	var logs [3]probe.Log[string]
	nap := func(i int) time.Duration { return time.Duration(1+9*i) * time.Second }
	probe.Parallel(t, len(logs), func(i int) {
		start, s := time.Now(), scheduler.New()
		for _, name := range []string{"a", "b"} {
			s.Spawn(func(c *scheduler.Coro) {
				for range 2 {
					c.Yield()
					c.Sleep(nap(i))
					logs[i].Add(fmt.Sprint(name, " at ", time.Since(start)))
				}
			})
		}
		s.Run()
	})
	for i := range logs {
		probe.Equal(t, 1, fmt.Sprintf("turns of a and b, which sleep for %v, on one of 3 schedulers that run at the same time", nap(i)),
			strings.Join(logs[i].All(), ", "), fmt.Sprintf("a at %v, b at %[1]v, a at %v, b at %[2]v", nap(i), 2*nap(i)))
	}
}

// wantValue runs the bodies and wants Run to panic with the very value.
func wantValue(t *testing.T, when string, value any, bodies ...func(*scheduler.Coro)) {
	t.Helper()
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		s := scheduler.New()
		for _, b := range bodies {
			s.Spawn(b)
		}
		wantSame(t, when, probe.Recovered(s.Run), value)
	})
}

// wantSame wants Run to have panicked with the very value that a body panicked with.
func wantSame(t *testing.T, when string, got, want any) {
	t.Helper()
	if c := complaint(when, got, want); c != "" {
		probe.Failf(t, 4, "%s", c)
	}
}

// complaint is "" when Run has panicked with want, the value of the body's panic.
func complaint(when string, got, want any) string {
	switch {
	case got == nil:
		return "Run does not panic when " + when
	case same(got, want):
		return ""
	}
	return fmt.Sprintf("when %s, Run panics with another value: %s instead of %s", when, show(got), show(want))
}

// show describes v without calling its methods.
func show(v any) string {
	switch v := v.(type) {
	case int:
		return fmt.Sprint(v)
	case string:
		return fmt.Sprintf("%.100q", v)
	}
	return fmt.Sprintf("a %T", v)
}

// same is ==, for slices too.
func same(a, b any) bool {
	s, ok := a.([]int)
	other, both := b.([]int)
	if ok && both {
		return slices.Equal(s, other)
	}
	return a == b
}

// unwind has a body panic while others are suspended. What they do then is
// logged by each, since the order of bodies is open.
func unwind(t *testing.T) {
	var inside probe.Gauge
	logs := map[string]*probe.Log[string]{"a": {}, "b": {}, "c": {}, "d": {}}
	s := scheduler.New()
	suspended := func(name string, wait, again func(c *scheduler.Coro)) {
		log := logs[name]
		s.Spawn(func(c *scheduler.Coro) {
			defer func() {
				inside.Leave()
				log.Add("outer defer")
				again(c) // the second of them
				log.Add("went on after a second Yield or Sleep in a deferred call")
			}()
			defer func() {
				inside.Enter()
				time.Sleep(time.Second) // is anyone else unwound meanwhile, or while this waits in again?
				log.Add("inner defer")
				other := scheduler.New() // its bodies are not unwound
				other.Spawn(func(c *scheduler.Coro) { c.Yield(); log.Add("another scheduler's body") })
				other.Run()
				again(c)
				log.Add("went on after a Yield or Sleep in a deferred call")
			}()
			wait(c)
			log.Add("went on after the panic")
		})
	}
	yield := func(c *scheduler.Coro) { c.Yield() }
	sleep := func(c *scheduler.Coro) { c.Sleep(time.Hour) }
	suspended("a", func(c *scheduler.Coro) { c.Yield(); c.Yield() }, yield)
	suspended("b", sleep, sleep)
	suspended("c", sleep, yield)
	s.Spawn(func(c *scheduler.Coro) { c.Yield(); panic("checkmate") })
	suspended("d", yield, func(c *scheduler.Coro) { c.Sleep(0) })
	var value any
	took := probe.Elapsed(func() { value = probe.Recovered(s.Run) })
	wantSame(t, "a body panics while 4 are suspended", value, "checkmate")
	for _, name := range []string{"a", "b", "c", "d"} {
		probe.Equal(t, 4, "what body "+name+" did when another panicked", probe.Quoted(logs[name].All()), probe.Quoted([]string{"inner defer", "another scheduler's body", "outer defer"}))
	}
	probe.Equal(t, 4, "time of Run when 4 suspended bodies take 1 s each in a deferred call", took, 4*time.Second)
	probe.Equal(t, 4, "bodies unwound at the same time", inside.Peak(), 1)
}

// spawnersUnwound has n bodies bring in others while they are unwound. They sleep, the
// first for first (0: it yields) and each for step more than the one before it, and
// take so long over their deferred calls that the next sleeper's time has come.
func spawnersUnwound(t *testing.T, n int, first, step time.Duration) {
	var unwound, begun probe.Gauge
	s := scheduler.New()
	for i := range n {
		s.Spawn(func(c *scheduler.Coro) {
			defer func() {
				unwound.Enter()
				time.Sleep(2 * time.Hour)
				for range 2 {
					s.Spawn(func(*scheduler.Coro) { begun.Enter() })
				}
			}()
			c.Sleep(first + time.Duration(i)*step)
		})
	}
	s.Spawn(func(*scheduler.Coro) { time.Sleep(time.Second); panic("checkmate") })
	probe.Recovered(s.Run)
	probe.Equal(t, 4, fmt.Sprintf("bodies of %d that are unwound, each of which calls Spawn in a deferred call", n), unwound.Total(), n)
	probe.Equal(t, 4, "bodies begun that came in while others were unwound", begun.Total(), 0)
}

// neverBegun has bodies that wait for their first turn when another panics, also
// some that a body, or its deferred call, has just brought in.
func neverBegun(t *testing.T) {
	var begun probe.Log[string]
	s := scheduler.New()
	note := func(name string) func(*scheduler.Coro) {
		return func(*scheduler.Coro) { begun.Add(name) }
	}
	s.Spawn(func(c *scheduler.Coro) {
		begun.Add("a")
		defer s.Spawn(note("brought in by a deferred call"))
		c.Yield()
		begun.Add("a again")
	})
	s.Spawn(func(*scheduler.Coro) {
		begun.Add("b")
		s.Spawn(note("brought in before the panic"))
		panic("checkmate")
	})
	s.Spawn(note("c"))
	value := probe.Recovered(s.Run)
	synctest.Wait()
	wantSame(t, "b panics before c begins", value, "checkmate")
	probe.Equal(t, 4, "bodies that have run when b panics before c begins", probe.Quoted(begun.All()), probe.Quoted([]string{"a", "b"}))
}

// exploreUnwinding looks for a schedule in which Run returns before a deferred
// call has ended, or two are under way.
func exploreUnwinding(t *testing.T) {
	explore.Run(t, func(x *explore.S) {
		var inside probe.Gauge
		var log probe.Log[string]
		s := scheduler.New()
		for _, name := range []string{"a", "b"} {
			s.Spawn(func(c *scheduler.Coro) {
				defer func() {
					inside.Enter()
					x.Yield()
					log.Add(name)
					inside.Leave()
				}()
				c.Yield()
			})
		}
		s.Spawn(func(*scheduler.Coro) { panic("checkmate") })
		value := probe.Recovered(s.Run)
		log.Add("Run")
		got := log.All()
		slices.Sort(got[:max(len(got)-1, 0)])
		if text := fmt.Sprint(got); text != "[a b Run]" || inside.Peak() > 1 {
			x.Fail(4, "order of the deferred calls of a and b and of Run's panic", text, "a and b, one at a time, then Run")
		}
		if c := complaint("a body panics", value, "checkmate"); c != "" {
			x.Failf(4, "%s", c)
		}
	}, explore.Schedules(200))
}

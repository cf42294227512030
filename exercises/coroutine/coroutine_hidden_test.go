//go:build hidden

package coroutine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/coroutine"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ func(func(string, func(bool) string) bool) *coroutine.Coroutine[string, bool] = coroutine.New[string, bool]
	_ func(*coroutine.Coroutine[string, bool], string) (bool, bool)                 = (*coroutine.Coroutine[string, bool]).Resume
	_ func(*coroutine.Coroutine[string, bool])                                      = (*coroutine.Coroutine[string, bool]).Stop
)

func TestResume(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		for _, n := range []int{3 + r.IntN(20), 1, 0, 2000} {
			c := create(t, echo(n))
			when := fmt.Sprintf("of a body that yields %d times twice what it gets, then returns 1000 more", n)
			for i := range n {
				in := (i + 1) % 2 * (1 + r.IntN(1000)) // each second one is 0, a value like any other
				resume(t, 1, c, when, in, show(2*in, true))
			}
			in := r.IntN(1000)
			resume(t, 1, c, when+", the last", in, show(in+1000, true))
			for range 3 {
				resume(t, 1, c, when+", after the last", 5, "0, false")
			}
		}
	})
	probe.Bubble(t, resumesAnother)
	probe.Bubble(t, nilValues)
}

func TestNeverAhead(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var log happening
		const steps = 4
		c := create(t, func(in int, yield yield) int {
			for i := range steps {
				log.Add(fmt.Sprint("body ", i))
				time.Sleep(24 * time.Hour)
				log.Add(fmt.Sprint("yield ", i))
				yield(i)
			}
			log.Add("end")
			return steps
		})
		var want []string
		for i := range steps {
			time.Sleep(24 * time.Hour)
			happened(t, 1, fmt.Sprintf("a day after %d Resumes", i), &log, want...)
			took := probe.Elapsed(func() { resume(t, 1, c, "of a body that works for a day and yields", i, show(i, true)) })
			probe.Equal(t, 4, "time that Resume takes when body works for a day", took, 24*time.Hour)
			want = append(want, fmt.Sprint("body ", i), fmt.Sprint("yield ", i))
		}
		time.Sleep(time.Minute)
		happened(t, 4, "before the last Resume", &log, want...)
		resume(t, 1, c, "to the end of body", 0, show(steps, true))
		happened(t, 4, "in the end", &log, append(want, "end")...)
	})
}

func TestStop(t *testing.T) {
	probe.Check(t)
	n := 1 + probe.Rand(t).IntN(5)
	probe.Bubble(t, func(t *testing.T) {
		var log happening
		var stopping probe.Gauge
		c := create(t, func(in int, yield yield) int {
			defer log.Add("first defer")
			defer func() {
				time.Sleep(24 * time.Hour)
				log.Add("second defer")
			}()
			for {
				yield(in)
				log.Add("yield returns")
				if stopping.Total() > 0 {
					return 0 // a yield that returns has failed; it need not fail for ever
				}
			}
		})
		var want []string
		for i := range n {
			resume(t, 1, c, "of an endless body that yields 7", 7, "7, true")
			if i > 0 {
				want = append(want, "yield returns")
			}
		}
		stopping.Enter()
		c.Stop()
		want = append(want, "second defer", "first defer")
		happened(t, 2, "when Stop returns", &log, want...)
		probe.NoneLeft(t, "Stop")
		c.Stop()
		for range 2 {
			resume(t, 2, c, "after Stop", 1, "0, false")
		}
		time.Sleep(time.Minute)
		happened(t, 2, "a while after Stop", &log, want...)
	})
	probe.Bubble(t, func(t *testing.T) {
		var log happening
		c := create(t, func(in int, yield yield) int {
			log.Add("body")
			return yield(1)
		})
		c.Stop()
		resume(t, 2, c, "after Stop, which was the first call", 1, "0, false")
		c.Stop()
		synctest.Wait()
		happened(t, 2, "in a body that was stopped before its first Resume", &log)

		done := create(t, echo(0))
		resume(t, 1, done, "of a body that returns 1000 more than it gets", 1, "1001, true")
		done.Stop()
		done.Stop()
		resume(t, 2, done, "after the end and two Stops", 1, "0, false")
	})
	probe.Bubble(t, stopsAnother)
}

// What recover gives while a coroutine is stopped is not said: the body may go on
// behind it, or not.
func TestStopUnwindsAgain(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var log happening
		c := create(t, func(in int, yield yield) int {
			defer log.Add("first defer")
			defer func() {
				log.Add("second defer yields")
				yield(5)
				log.Add("yield returns")
			}()
			defer func() {
				log.Add("third defer yields")
				yield(4)
				log.Add("yield returns")
			}()
			yield(in)
			log.Add("yield returns")
			return 9
		})
		resume(t, 1, c, "of a body that yields what it gets", 3, "3, true")
		c.Stop()
		happened(t, 2, "when Stop returns, in a body whose defers yield", &log, "third defer yields", "second defer yields", "first defer")
		resume(t, 2, c, "after Stop", 1, "0, false")
	})
	probe.Bubble(t, func(t *testing.T) {
		var log happening
		c := create(t, func(in int, yield yield) int {
			defer log.Add("deferred call")
			for range 3 {
				func() {
					defer func() { _ = recover() }()
					yield(in)
					log.Add("yield returns")
				}()
			}
			return 9
		})
		resume(t, 1, c, "of a body that recovers", 3, "3, true")
		c.Stop()
		happened(t, 2, "when Stop returns, in a body that recovers and yields again", &log, "deferred call")
		resume(t, 2, c, "after Stop of a body that recovers and returns 9", 1, "0, false")
	})
	explore.Run(t, yieldsInDefers, explore.Schedules(100))
}

func TestPanic(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.WantPanic(t, 5, "New(nil)", func() { coroutine.New[int, int](nil) })
	outOfRange := probe.Recovered(func() { _ = []int{}[r.IntN(9)] }) // the runtime's own
	values := []any{"out of paper", errors.New("no such page"), r.IntN(1000), &r, outOfRange, context.Canceled, io.EOF, time.Second}
	for _, value := range values {
		for yields := range 3 {
			probe.Bubble(t, func(t *testing.T) {
				deferred := 0
				c := create(t, func(in int, yield yield) int {
					defer func() { deferred++ }()
					for range yields {
						in = yield(in)
					}
					panic(value)
				})
				for i := range yields {
					resume(t, 1, c, "before body panics", i+1, show(i+1, true))
				}
				got := probe.Recovered(func() { c.Resume(5) })
				if got != value {
					probe.Fail(t, 3, fmt.Sprintf("what Resume panics with when body panics with a %T", value), panicked(got), typed(value))
				}
				probe.Equal(t, 3, "deferred calls of body that have run then", deferred, 1)
				resume(t, 3, c, "after a panic", 1, "0, false")
				c.Stop()
				resume(t, 3, c, "after a panic and Stop", 1, "0, false")
			})
		}
	}
	if !t.Failed() {
		explore.Run(t, afterPanic, explore.Schedules(100))
	}
}

// Without a Stop these coroutines must be gone: Bubble finds what is left.
func TestNoGoroutineStays(t *testing.T) {
	probe.Check(t)
	n := 1 + probe.Rand(t).IntN(5)
	probe.Bubble(t, func(t *testing.T) {
		done := create(t, echo(n))
		for range n {
			resume(t, 1, done, "of a body that yields twice what it gets", 4, "8, true")
		}
		resume(t, 1, done, "of a body that returns 1000 more than it gets", 4, "1004, true")
		probe.NoneLeft(t, "a body that has returned")
	})
	probe.Bubble(t, func(t *testing.T) {
		create(t, echo(n)) // never resumed
		done := create(t, echo(0))
		resume(t, 1, done, "of a body that returns 1000 more than it gets", n, show(n+1000, true))
	})
	probe.Bubble(t, func(t *testing.T) {
		broken := create(t, func(in int, yield yield) int { panic(yield(in)) })
		resume(t, 1, broken, "of a body that yields what it gets", n, show(n, true))
		if got := probe.Recovered(func() { broken.Resume(n) }); got != n {
			probe.Fail(t, 3, fmt.Sprintf("what Resume(%d) panics with when body panics with it", n), panicked(got), panicked(n))
		}
		probe.NoneLeft(t, "a body that has panicked")
	})
}

// A body and those who resume it share plain variables: the coroutine alone puts
// their accesses in order.
func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const callers, rounds = 12, 20
	probe.Bubble(t, func(t *testing.T) {
		shared := 0
		c := create(t, func(in int, yield yield) int {
			defer func() { shared++ }()
			for range callers*rounds + 1 { // as many Resumes, and a Stop
				shared += in
				in = yield(shared)
			}
			return 0
		})
		turn := make(chan struct{}, 1) // held by the one who may resume
		turn <- struct{}{}
		probe.Parallel(t, callers, func(i int) {
			for range rounds {
				<-turn
				contract := 4
				if shared == 0 { // the first Resume of all knows no turns
					contract = 1
				}
				shared++
				want := show(shared+1, true)
				probe.Equal(t, contract, "Resume by one of 12 goroutines that take turns", show(c.Resume(1)), want)
				turn <- struct{}{}
			}
		})
		c.Stop()
		probe.Equal(t, 4, "a number to which body and 12 callers add", shared, 2*callers*rounds+1)
	})
	probe.Bubble(t, func(t *testing.T) { oneEach(t, callers, rounds) })
}

func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	explore.Run(t, twoAtOnce, explore.Schedules(300))
}

//go:build hidden

package sayafter_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/sayafter"
)

// The API in the tests' own types: a submission that changes it does not build.
var (
	_ function = sayafter.InTurn
	_ function = sayafter.AtOnce
	_          = struct {
		After time.Duration
		Text  string
	}(sayafter.Line{})
)

type function = func(context.Context, []sayafter.Line, func(string)) error

// both are the two functions, for what they have in common.
var both = []struct {
	name string
	call function
}{{"InTurn", sayafter.InTurn}, {"AtOnce", sayafter.AtOnce}}

// slow is how long a say takes where it takes time.
const slow = 300 * time.Millisecond

// farOff is when a context ends whose end no call lives to see.
const farOff = 1000 * time.Hour

// Each wait begins when the say before it has returned.
func TestInTurn(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	same := slices.Repeat([]sayafter.Line{{After: second, Text: "a"}}, 4)
	for _, lines := range [][]sayafter.Line{nil, randomLines(r, 1), randomLines(r, 6), same} {
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), farOff)
			defer cancel()
			var want []said
			var end time.Duration
			for _, l := range lines {
				want = append(want, said{l.Text, end + l.After})
				end += l.After + slow
			}
			run := say(ctx, "InTurn(ctx, %s, a say of 300ms)", sayafter.InTurn, lines, func(string) { time.Sleep(slow) })
			run.wantSaid(t, 1, want)
			run.wantEnd(t, 1, end, nil)
			run.wantUnchanged(t, "InTurn")
		})
	}
	probe.Bubble(t, func(t *testing.T) { sayWithin(t, 1, "InTurn", sayafter.InTurn, 3200*ms, 64200*ms) })
}

// The delays are a second apart or more, so that no say keeps the next waiting:
// each line comes at its own moment, counted from the start.
func TestAtOnce(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, n := range []int{0, 1, 7} {
		probe.Bubble(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), farOff)
			defer cancel()
			lines := spacedLines(r, n)
			var want []said
			var end time.Duration
			for _, l := range sorted(lines) {
				want = append(want, said{l.Text, l.After})
				end = l.After + slow
			}
			run := say(ctx, "AtOnce(ctx, %s, a say of 300ms)", sayafter.AtOnce, lines, func(string) { time.Sleep(slow) })
			run.wantSaid(t, 2, want)
			run.wantEnd(t, 2, end, nil)
			run.wantUnchanged(t, "AtOnce")
		})
	}
	probe.Bubble(t, closeLines)
	probe.Bubble(t, outOfOrder)
	probe.Bubble(t, saidAgain)
	probe.Bubble(t, manyLines)
	probe.Bubble(t, func(t *testing.T) { sayWithin(t, 2, "AtOnce", sayafter.AtOnce, 1700*ms, minute) })
}

// Twenty waits end at the same moment. say appends to a slice without a lock, as
// any caller may who is told that says never overlap.
func TestNeverTwoSaysAtOnce(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var texts []string
		var running probe.Gauge
		err := sayafter.AtOnce(t.Context(), equalLines(20), func(text string) {
			running.Enter()
			texts = append(texts, text)
			runtime.Gosched()
			running.Leave()
		})
		probe.Equal(t, 2, "the error of AtOnce with 20 equal delays", probe.ErrorName(err), "nil")
		slices.Sort(texts)
		probe.Equal(t, 2, "different lines said by AtOnce with 20 equal delays", len(slices.Compact(texts)), 20)
		probe.Equal(t, 3, "says at the same time in AtOnce with 20 equal delays", running.Peak(), 1)
	})
	probe.Bubble(t, sharedLines)
	explore.Run(t, func(s *explore.S) {
		var running probe.Gauge
		s.Go(func() {
			_ = sayafter.AtOnce(s.Context(), equalLines(2), func(string) {
				running.Enter()
				s.Yield()
				running.Leave()
			})
		})
		s.Wait()
		if running.Peak() != 1 {
			s.Fail(3, "says at the same time in AtOnce with 2 equal delays", running.Peak(), 1)
		}
	})
}

// Done before the call: no line is said, not even one without a delay, and no
// lines at all are no reason to succeed. Where a select has two ready cases it
// takes either, so each case is tried often.
func TestCancelledBefore(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, lines := range [][]sayafter.Line{nil, {{0, "a"}}, {{0, "a"}, {0, "b"}}, {{5 * time.Hour, "a"}}} {
			for _, end := range endings {
				probe.Bubble(t, func(t *testing.T) {
					ctx, cancel := end.context(t.Context(), time.Second)
					defer cancel()
					<-ctx.Done()
					for range 32 {
						if t.Failed() {
							return
						}
						run := say(ctx, f.name+"(a ctx that is done, %s, say)", f.call, lines, nil)
						run.wantSaid(t, 4, nil)
						run.wantEnd(t, 4, 0, end.err)
					}
				})
			}
		}
	}
}

// The context ends between two lines, hours before the next or no time at all.
func TestCancelledWhileWaiting(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, f := range both {
		for _, end := range endings {
			probe.Bubble(t, func(t *testing.T) {
				after := time.Duration(1001+r.IntN(5000))*time.Millisecond + time.Duration(1+r.IntN(999))
				endsBetween(t, f.name, f.call, after, 5*time.Hour, end)
			})
			probe.Bubble(t, func(t *testing.T) {
				after, next := second+time.Microsecond, 2*time.Microsecond
				if f.name == "AtOnce" { // whose delays all count from the start
					next += second
				}
				endsBetween(t, f.name, f.call, after, next, end)
			})
		}
		explore.Run(t, func(s *explore.S) { cancelAtAnyMoment(s, f.name, f.call) })
	}
}

// cancelAtAnyMoment cancels the context of a call with two lines that are due at
// once. All may be said or ctx's error returned, but no line after the return.
func cancelAtAnyMoment(s *explore.S, name string, f function) {
	parent, cancel := context.WithCancel(s.Context())
	ctx := looking{parent, s}
	var says, returns probe.Gauge
	var err error
	s.Go(func() {
		err = f(ctx, []sayafter.Line{{0, "a"}, {0, "b"}}, func(string) {
			if returns.Total() > 0 {
				s.Failf(3, "%s called say after it had returned, ctx being cancelled meanwhile", name)
			}
			says.Enter()
			s.Yield()
		})
		returns.Enter()
	})
	s.Go(cancel)
	s.Wait()
	if all := says.Total() == 2 && err == nil; !all && !isJust(err, context.Canceled) {
		s.Fail(4, name+"(ctx, 0s a, 0s b, say) while ctx is cancelled, lines said: "+fmt.Sprint(says.Total()), probe.ErrorNames(err), "ctx.Err(), or nil when both are said")
	}
}

// The second say cancels the context. The lines behind it are none, due at once,
// soon or much later.
func TestCancelledBySay(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, rest := range [][]time.Duration{{}, {0}, {0, 0, 0}, {time.Second}, {5 * time.Hour, 6 * time.Hour}} {
			probe.Bubble(t, func(t *testing.T) {
				lines := []sayafter.Line{{time.Second, "a"}, {2 * time.Second, "b"}}
				end := 3 * time.Second // of the second say
				for i, d := range rest {
					lines = append(lines, sayafter.Line{After: d, Text: string(rune('c' + i))})
				}
				if f.name == "AtOnce" { // whose delays all count from the start
					for i := range rest {
						lines[2+i].After += 2 * time.Second
					}
					end = 2 * time.Second
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				says := 0
				run := say(ctx, f.name+"(ctx, %s, a say that cancels ctx the second time)", f.call, lines, func(string) {
					if says++; says == 2 {
						cancel()
					}
				})
				time.Sleep(24 * time.Hour) // for lines that are said all the same
				probe.Equal(t, 4, "lines that "+run.call+" says", run.heard.Len(), 2)
				run.wantEnd(t, 4, end, context.Canceled)
			})
		}
	}
	probe.Bubble(t, manyWaitForTheirTurn)
	explore.Run(t, firstSayCancels)
}

// firstSayCancels has three lines due at the same moment, the first of which
// cancels: whoever has waited for its turn meanwhile must not take it.
func firstSayCancels(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	var says probe.Gauge
	var err error
	s.Go(func() {
		err = sayafter.AtOnce(ctx, equalLines(3), func(string) {
			says.Enter()
			cancel()
			s.Yield()
		})
	})
	s.Wait()
	if says.Total() != 1 {
		s.Fail(4, "lines said by AtOnce with 3 equal delays when the first say cancels ctx", says.Total(), 1)
	}
	if !isJust(err, context.Canceled) {
		s.Fail(4, "the error of AtOnce with 3 equal delays when the first say cancels ctx", probe.ErrorNames(err), "ctx.Err()")
	}
}

// A say that the end of the context finds running may be waited for or not.
func TestCancelledDuringSay(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, lines := range [][]sayafter.Line{{{time.Second, "a"}, {5 * time.Hour, "b"}}, {{time.Second, "a"}}} {
			probe.Bubble(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
				defer cancel()
				run := say(ctx, f.name+"(a ctx that ends after 1.5s, %s, a say of 1s)", f.call, lines, func(string) { time.Sleep(time.Second) })
				run.wantSaid(t, 4, []said{{"a", time.Second}})
				end := 1500 * time.Millisecond
				if run.took == 2*time.Second {
					end = run.took
				}
				run.wantEnd(t, 4, end, context.DeadlineExceeded)
			})
		}
	}
}

// A nil say is a mistake of the program's, whether there is something to say or not.
func TestNilSayPanics(t *testing.T) {
	probe.Check(t)
	for _, f := range both {
		for _, lines := range [][]sayafter.Line{{{time.Second, "a"}}, nil} {
			probe.Bubble(t, func(t *testing.T) {
				call := fmt.Sprintf("%s(ctx, %s, nil)", f.name, describe(lines))
				probe.WantPanic(t, 5, call, func() { _ = f.call(t.Context(), lines, nil) })
			})
		}
	}
}

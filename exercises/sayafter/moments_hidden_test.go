//go:build hidden

package sayafter_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/sayafter"
)

const (
	ms     = time.Millisecond
	second = time.Second
	minute = time.Minute
)

// closeLines are due close together, not in their order, and some of them say the
// same as others. All become due while the first one is said, and come afterwards
// in the order of their moments.
func closeLines(t *testing.T) {
	lines := []sayafter.Line{
		{1900 * ms, "d"}, {1100*ms + 3, "e"}, {1100*ms + 2, "b"}, {1500 * ms, "c"}, {second, "a"}, {1100*ms + 1, "b"}, {1900 * ms, "d"}, {1900 * ms, "d"},
	}
	var texts probe.Log[string]
	_ = sayafter.AtOnce(t.Context(), lines, func(text string) {
		if texts.Add(text); texts.Len() == 1 {
			time.Sleep(minute)
		}
	})
	probe.Equal(t, 2, "what AtOnce(ctx, "+describe(lines)+", say) said, the first line for a minute", strings.Join(texts.All(), ""), "abbecddd")
}

// outOfOrder has two lines, the later one first. What is due before the start comes at
// once.
func outOfOrder(t *testing.T) {
	for _, lines := range [][]sayafter.Line{{{second, "b"}, {0, "a"}}, {{second, "b"}, {-minute, "a"}}} {
		var want []said
		for _, l := range sorted(lines) {
			want = append(want, said{l.Text, max(l.After, 0)})
		}
		run := say(t.Context(), "AtOnce(ctx, %s, say)", sayafter.AtOnce, lines, nil)
		run.wantSaid(t, 2, want)
		run.wantUnchanged(t, "AtOnce")
	}
}

// saidAgain says the lines of a slice, changes one, and says them again.
func saidAgain(t *testing.T) {
	lines := []sayafter.Line{{second, "a"}, {2 * second, "b"}}
	var texts probe.Log[string]
	_ = sayafter.AtOnce(t.Context(), lines, texts.Add)
	lines[1].Text = "c"
	_ = sayafter.AtOnce(t.Context(), lines, texts.Add)
	probe.Equal(t, 5, `what AtOnce said when it was called with the lines "a" and "b", "b" became "c" in their slice, and it was called again`,
		strings.Join(texts.All(), ""), "abac")
}

// sharedLines has calls say the lines of one slice at the same time: the race
// detector sees who writes to it.
func sharedLines(t *testing.T) {
	lines := []sayafter.Line{{second, "a"}, {2 * second, "b"}} // who sorts them in place writes nothing
	probe.Parallel(t, 4, func(i int) { _ = both[i%2].call(t.Context(), lines, func(string) {}) })
}

// endsBetween has ctx end after the first line and before the second. Those behind it
// would take hours, longer than a goroutine that was forgotten is given to end by
// itself; the last one is for nobody alive.
func endsBetween(t *testing.T, name string, f function, after, next time.Duration, end ending) {
	ctx, cancel := end.context(t.Context(), after)
	defer cancel()
	lines := []sayafter.Line{{second, "a"}, {next, "b"}, {6 * time.Hour, "c"}, {6 * time.Hour, "d"}, {math.MaxInt64 - 24*time.Hour, "e"}}
	run := say(ctx, fmt.Sprintf("%s(a ctx that ends after %v, %%s, say)", name, after), f, lines, nil)
	run.wantSaid(t, 4, []said{{"a", second}})
	run.wantEnd(t, 4, after, end.err)
	probe.NoneLeft(t, run.call)
}

// manyLines are due at the same moment: no wait begins later than another.
func manyLines(t *testing.T) {
	took := probe.Elapsed(func() { _ = sayafter.AtOnce(t.Context(), equalLines(1000), func(string) {}) })
	probe.Equal(t, 2, "time that AtOnce takes with 1000 equal delays of 1s", took, second)
}

// manyWaitForTheirTurn has 100 lines due at the same moment, more than any buffer
// was made for; the first one is said for a second and cancels.
func manyWaitForTheirTurn(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	says := 0
	_ = sayafter.AtOnce(ctx, equalLines(100), func(string) {
		says++
		time.Sleep(time.Second)
		cancel()
	})
	probe.Equal(t, 4, "lines said by AtOnce with 100 equal delays when the first say cancels ctx", says, 1)
}

// sayWithin has the first say call the function itself: the calls know nothing of
// each other, and nothing is held while say runs. d and b are when those are due,
// each counted from the call whose line it is.
func sayWithin(t *testing.T, contract int, name string, f function, d, b time.Duration) {
	outer, inner := []sayafter.Line{{second, "a"}, {minute, "b"}}, []sayafter.Line{{1500 * ms, "c"}, {1700 * ms, "d"}}
	var within *recital
	ctx := probe.Foreign(t.Context()) // which outlives the calls
	run := say(ctx, name+"(ctx, %s, a say whose first call calls "+name+")", f, outer, func(string) {
		if within == nil {
			within = say(ctx, name+"(ctx, %s, say), called by a say of another "+name+",", f, inner, nil)
		}
	})
	probe.NoneLeft(t, run.call)
	run.wantSaid(t, contract, []said{{"a", second}, {"b", b}})
	if within != nil {
		within.wantSaid(t, contract, []said{{"c", 1500 * ms}, {"d", d}})
	}
}

// looking is a context at which whoever has looked may be held up.
type looking struct {
	context.Context
	s *explore.S
}

func (l looking) Err() error {
	err := l.Context.Err()
	l.s.Yield()
	return err
}

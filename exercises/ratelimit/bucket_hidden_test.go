//go:build hidden

package ratelimit_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/ratelimit"
)

// bucket is a limiter and what it was made of.
type bucket struct {
	*ratelimit.Limiter
	perSecond float64
	burst     int
}

func newBucket(perSecond float64, burst int) *bucket {
	return &bucket{ratelimit.New(perSecond, burst), perSecond, burst}
}

// after is the time in which k tokens flow in.
func (b *bucket) after(k int) time.Duration { return seconds(float64(k) / b.perSecond) }

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// sleep lets that many tokens flow in.
func (b *bucket) sleep(tokens float64) {
	time.Sleep(seconds(tokens / b.perSecond))
	synctest.Wait()
}

func (b *bucket) want(t *testing.T, want bool, call string) {
	t.Helper()
	probe.Equal(t, 1, fmt.Sprintf("%s, New(%v, %d)", call, b.perSecond, b.burst), b.Allow(), want)
}

// wantFull empties the bucket, which must be full.
func (b *bucket) wantFull(t *testing.T, what string) {
	t.Helper()
	got := 0
	for got <= b.burst && b.Allow() {
		got++
	}
	probe.Equal(t, 1, fmt.Sprintf("tokens in a bucket that is %s, New(%v, %d)", what, b.perSecond, b.burst), got, b.burst)
}

// inTurn has one goroutine make all requests, one after the other.
func inTurn(t *testing.T, perSecond float64, burst, requests int) {
	t.Helper()
	rested(t, "in turn", 0, perSecond, burst, requests)
}

// rested makes requests in turn when a number of tokens has flowed past a bucket
// that was full.
func rested(t *testing.T, how string, tokens, perSecond float64, burst, requests int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(perSecond, burst)
		b.sleep(tokens)
		start := time.Now()
		for i := range requests {
			if err := b.Wait(t.Context()); err != nil {
				probe.Fail(t, 2, fmt.Sprintf("Wait number %d %s", i+1, how), probe.ErrorName(err), "nil")
				return
			}
			if !b.wantLeft(t, how, i, time.Since(start), max(i+1-burst, 0)) {
				return
			}
		}
	})
}

// wantLeft says whether request i has left when k tokens had flowed in.
func (b *bucket) wantLeft(t *testing.T, how string, i int, at time.Duration, k int) bool {
	t.Helper()
	if !near(at, b.after(k)) {
		probe.Fail(t, 3, fmt.Sprintf("time at which request %d %s leaves, New(%v, %d)", i+1, how, b.perSecond, b.burst), at, b.after(k))
		return false
	}
	return true
}

// inOneLine has all requests wait at the same time.
func inOneLine(t *testing.T, perSecond float64, burst, requests int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(perSecond, burst)
		var line []*waiter
		for range requests {
			line = append(line, begin(t.Context(), b.Limiter))
		}
		b.sleep(float64(requests))
		for i, w := range line {
			w.gave(t, fmt.Sprintf("Wait number %d of many at once, New(%v, %d)", i+1, perSecond, burst), "nil", b.after(max(i+1-burst, 0)))
			if t.Failed() {
				return
			}
		}
	})
}

// withPauses makes requests from a bucket that never fills up and is looked at
// all the time: no look may cost a part of a token.
func withPauses(t *testing.T, perSecond float64, requests int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b, start := newBucket(perSecond, 1), time.Now()
		b.wantFull(t, "new")
		for i := range requests {
			for range 3 {
				b.sleep(0.2)
				b.want(t, false, "Allow() before a token is due")
			}
			if err := b.Wait(t.Context()); err != nil {
				probe.Fail(t, 2, "Wait after looks at the bucket", probe.ErrorName(err), "nil")
			}
			if t.Failed() || !b.wantLeft(t, "with Allow in between", i, time.Since(start), i+1) {
				return
			}
		}
	})
}

// moveUp has some of n in line leave it before the first token.
func moveUp(t *testing.T, n int, leaving ...int) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(1, 1)
		b.wantFull(t, "new")
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var line []*waiter
		for i := range n {
			c := t.Context()
			if slices.Contains(leaving, i) {
				c = ctx
			}
			line = append(line, begin(c, b.Limiter))
		}
		b.sleep(0.5)
		cancel()
		b.sleep(float64(n-len(leaving)) + 0.4) // 0.9 of a token after the last one
		b.want(t, false, fmt.Sprintf("Allow() when %d in line have got theirs", n-len(leaving)))
		b.sleep(0.2)
		b.want(t, true, fmt.Sprintf("Allow() of the token after %d in line have got theirs and %d have left", n-len(leaving), len(leaving)))
		k := 0
		for i, w := range line {
			name := fmt.Sprintf("Wait number %d of %d in line, %s after 0.5s", i+1, n, whoLeaves(leaving))
			if slices.Contains(leaving, i) {
				w.gave(t, name, "context.Canceled", seconds(0.5))
				continue
			}
			k++
			w.gave(t, name, "nil", b.after(k))
		}
	})
}

// whoLeaves names those who leave a line, given by their places in it, from 0.
func whoLeaves(places []int) string {
	var numbers []string
	for _, p := range places {
		numbers = append(numbers, fmt.Sprintf("number %d", p+1))
	}
	if len(numbers) == 1 {
		return "which " + numbers[0] + " leaves"
	}
	return "which " + strings.Join(numbers, ", ") + " leave"
}

// movedUpInTime counts those ahead as they are, not as they were.
func movedUpInTime(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(1, 1)
		b.wantFull(t, "new")
		ctx, cancel := context.WithCancel(t.Context())
		first, leaver := begin(t.Context(), b.Limiter), begin(ctx, b.Limiter)
		cancel()
		leaver.gave(t, "Wait that is cancelled in line", "context.Canceled", 0)
		soon, stop := context.WithTimeout(t.Context(), seconds(2.5))
		defer stop()
		next := begin(soon, b.Limiter)
		time.Sleep(time.Minute)
		first.gave(t, "the first in line", "nil", seconds(1))
		next.gave(t, "Wait with a deadline in 2.5s behind one in line, after another has left", "nil", seconds(2))
	})
}

// tenHours is the rate of a bucket that gets a token every ten hours. Nobody who
// has left its line may keep a goroutine until then.
const tenHours = 1.0 / 36000

func goneBeforeItIsDue(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(tenHours, 1)
		b.wantFull(t, "new")
		ctx, cancel := context.WithCancel(t.Context())
		w := begin(ctx, b.Limiter)
		time.Sleep(time.Second)
		cancel()
		w.gave(t, "Wait cancelled after 1s, ten hours before its token is due", "context.Canceled", time.Second)
	})
}

// nobodyLeft serves some who wait. Their ctx lives on, and is of a type that package
// context does not know: a goroutine follows it for whoever does not let go of it, and
// Bubble finds it.
func nobodyLeft(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(1, 1)
		b.wantFull(t, "new")
		first, second := begin(probe.Foreign(t.Context()), b.Limiter), begin(probe.Foreign(t.Context()), b.Limiter)
		b.sleep(2.5)
		first.gave(t, "the first Wait in line", "nil", seconds(1))
		second.gave(t, "the second Wait in line", "nil", seconds(2))
		probe.NoneLeft(t, "two Waits in line, when nobody waits any more")
	})
	probe.Bubble(t, func(t *testing.T) { // the same of those that never stand in line
		b := newBucket(tenHours, 1)
		ctx, release := context.WithTimeout(t.Context(), 9*time.Hour)
		t.Cleanup(release)
		begin(probe.Foreign(ctx), b.Limiter).gave(t, "Wait on a full bucket", "nil", 0)
		begin(probe.Foreign(ctx), b.Limiter).gave(t, "Wait with a deadline in 9h, an hour before its token is due", "context.DeadlineExceeded", 0)
		probe.NoneLeft(t, "two Waits that end at once")
	})
}

// ofTheirOwn has two limiters that know nothing of each other.
func ofTheirOwn(t *testing.T) {
	a := newBucket(1, 1)
	a.wantFull(t, "new")
	first := begin(t.Context(), a.Limiter)
	a.sleep(0.5)
	b := newBucket(1, 2)
	b.wantFull(t, "new, while somebody waits for another limiter")
	second := begin(t.Context(), b.Limiter)
	a.sleep(2)
	first.gave(t, "Wait beside that of another limiter", "nil", seconds(1))
	second.gave(t, "Wait beside that of another limiter", "nil", seconds(1))
}

// partOfIt has deadlines when a part of the token is there, which counts.
func partOfIt(t *testing.T) {
	for _, c := range []struct {
		within time.Duration
		want   string
	}{{seconds(0.5), "nil"}, {seconds(0.1), "context.DeadlineExceeded"}} {
		b := newBucket(1, 1)
		b.wantFull(t, "new")
		b.sleep(0.7)
		ctx, cancel := context.WithTimeout(t.Context(), c.within)
		defer cancel()
		w, took := begin(ctx, b.Limiter), time.Duration(0)
		if c.want == "nil" {
			took = seconds(0.3)
		}
		b.sleep(0.7)
		w.gave(t, fmt.Sprintf("Wait with a deadline in %v, when 0.7 of its token has flowed in", c.within), c.want, took)
	}
}

// tooLate has a deadline that has passed before, with a token at hand and without one.
func tooLate(t *testing.T) {
	b := newBucket(1, 1)
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	begin(ctx, b.Limiter).gave(t, "Wait with a deadline that has passed, on a full bucket", "context.DeadlineExceeded", 0)
	b.wantFull(t, "one that only such a Wait has used")
	begin(ctx, b.Limiter).gave(t, "Wait with a deadline that has passed, on an empty bucket", "context.DeadlineExceeded", 0)
}

//go:build hidden

package ratelimit_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
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
	probe.Bubble(t, func(t *testing.T) {
		b, start := newBucket(perSecond, burst), time.Now()
		for i := range requests {
			if err := b.Wait(t.Context()); err != nil {
				probe.Fail(t, 2, fmt.Sprintf("Wait number %d in turn", i+1), kind(err), "nil")
				return
			}
			if !b.wantLeft(t, "in turn", i, time.Since(start), max(i+1-burst, 0)) {
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
				probe.Fail(t, 2, "Wait after looks at the bucket", kind(err), "nil")
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
			name := fmt.Sprintf("number %d of %d in line, of which numbers %v (from 0) leave", i, n, leaving)
			if slices.Contains(leaving, i) {
				w.gave(t, name, "context.Canceled", seconds(0.5))
				continue
			}
			k++
			w.gave(t, name, "nil", b.after(k))
		}
	})
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

// comeAndGo joins an empty line, and leaves it at any moment, twice.
func comeAndGo(s *explore.S) {
	l := ratelimit.New(tenHours, 1)
	l.Allow()
	for range 2 {
		ctx, cancel := context.WithCancel(s.Context())
		var w asked
		s.Go(func() { w.wait(ctx, s, l) })
		s.Go(cancel)
		s.Wait()
		if kind(w.err) != "context.Canceled" {
			s.Fail(2, "Wait that is cancelled, ten hours before its token is due", kind(w.err), "context.Canceled")
		}
	}
}

// asked is a Wait of a scenario.
type asked struct {
	err  error
	left time.Duration
}

func (a *asked) wait(ctx context.Context, s *explore.S, l *ratelimit.Limiter) {
	start := time.Now()
	a.err = l.Wait(ctx)
	a.left = time.Since(start)
	s.Yield() // whoever comes back from waiting says so
}

// oneToken is wanted by two that ask and by one that waits.
func oneToken(s *explore.S) {
	l := ratelimit.New(1, 1)
	var allowed [2]bool
	var w asked
	for i := range allowed {
		s.Go(func() { allowed[i] = l.Allow() })
	}
	s.Go(func() { w.wait(context.Background(), s, l) })
	s.Wait()
	got := 0
	if near(w.left, 0) {
		got++
	}
	for _, ok := range allowed {
		if ok {
			got++
		}
	}
	if w.err != nil || got != 1 {
		s.Fail(1, "tokens that two Allow() and a Wait get at once from a bucket of 1", got, 1)
	}
}

// leaves has one of two in line cancelled at any moment.
func leaves(s *explore.S) { leaving(s, 0) }

// leavesAsDue cancels at the moment at which a token comes: the one who leaves
// has it, or the one who stays.
func leavesAsDue(s *explore.S) { leaving(s, time.Second) }

func leaving(s *explore.S, after time.Duration) {
	l := ratelimit.New(1, 1)
	if !l.Allow() {
		s.Fail(1, "Allow() of a new bucket", false, true)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var leaver, stayer asked
	s.Go(func() { leaver.wait(ctx, s, l) })
	s.Go(func() { stayer.wait(context.Background(), s, l) })
	s.Go(func() {
		time.Sleep(after)
		s.Yield()
		cancel()
	})
	s.Wait()
	last, want := stayer.left, time.Second // of those who got a token
	if leaver.err == nil {
		last, want = max(leaver.left, stayer.left), 2*time.Second
	} else if kind(leaver.err) != "context.Canceled" {
		s.Fail(2, "error of a Wait that is cancelled", kind(leaver.err), "context.Canceled")
	}
	if stayer.err != nil || !near(last, want) {
		s.Fail(2, fmt.Sprintf("last token of two Waits, one cancelled after %v with the error %s", after, kind(leaver.err)),
			fmt.Sprint("after ", last), fmt.Sprint("after ", want))
	}
}

// bothLeave has two of three cancelled: whoever becomes the first in line as it
// leaves does not keep the one behind from moving up.
func bothLeave(s *explore.S) {
	l := ratelimit.New(1, 1)
	l.Allow()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var leavers [2]asked
	var stayer asked
	for i := range leavers {
		s.Go(func() { leavers[i].wait(ctx, s, l) })
	}
	s.Go(func() { stayer.wait(context.Background(), s, l) })
	s.Go(func() {
		time.Sleep(time.Second / 2) // all stand in line
		s.Yield()
		cancel()
	})
	s.Wait()
	if stayer.err != nil || !near(stayer.left, time.Second) {
		s.Fail(2, "Wait when the two others in line are cancelled", fmt.Sprint(kind(stayer.err), " after ", stayer.left), "nil after 1s")
	}
}

// dueToTheLine asks at the moment at which the token of one in line comes.
func dueToTheLine(s *explore.S) {
	l := ratelimit.New(1, 1)
	if !l.Allow() {
		s.Fail(1, "Allow() of a new bucket", false, true)
		return
	}
	var w asked
	var allowed bool
	s.Go(func() { w.wait(context.Background(), s, l) })
	s.Go(func() {
		time.Sleep(time.Second) // the clock moves on only when w stands in line
		s.Yield()
		allowed = l.Allow()
	})
	s.Wait()
	if allowed || w.err != nil || !near(w.left, time.Second) {
		s.Fail(1, "Allow() when a token comes that one in line is due, and that one's time to leave",
			fmt.Sprint(allowed, ", ", kind(w.err), " after ", w.left), "false, nil after 1s")
	}
}

//go:build hidden

package ratelimit_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/ratelimit"
)

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
		if probe.ErrorName(w.err) != "context.Canceled" {
			s.Fail(2, "Wait that is cancelled, ten hours before its token is due", probe.ErrorName(w.err), "context.Canceled")
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
	} else if probe.ErrorName(leaver.err) != "context.Canceled" {
		s.Fail(2, "error of a Wait that is cancelled", probe.ErrorName(leaver.err), "context.Canceled")
	}
	if stayer.err != nil || !near(last, want) {
		s.Fail(2, fmt.Sprintf("last token of two Waits, one cancelled after %v with the error %s", after, probe.ErrorName(leaver.err)),
			fmt.Sprint("after ", last), fmt.Sprint("after ", want))
	}
}

// bothLeave has two of three cancelled: whoever becomes the first in line as it
// leaves does not keep the one behind from moving up. They come one after the
// other, so that all schedules are about how they leave.
func bothLeave(s *explore.S) {
	const between = 100 * time.Millisecond
	l := ratelimit.New(1, 1)
	l.Allow()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var leavers [2]asked
	var stayer asked
	for i := range leavers {
		s.Go(func() { leavers[i].wait(ctx, s, l) })
		time.Sleep(between)
	}
	s.Go(func() { stayer.wait(context.Background(), s, l) })
	time.Sleep(between)
	cancel()
	s.Wait()
	if want := time.Second - 2*between; stayer.err != nil || !near(stayer.left, want) {
		s.Fail(2, "Wait when the two others in line are cancelled", fmt.Sprint(probe.ErrorName(stayer.err), " after ", stayer.left), fmt.Sprint("nil after ", want))
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
		s.Fail(1, "a Wait in line and an Allow() at the moment at which the Wait is due its token, together",
			fmt.Sprintf("%s after %v from Wait, %v from Allow()", probe.ErrorName(w.err), w.left, allowed), "nil after 1s from Wait, false from Allow()")
	}
}

// comesAsDue joins the line at the moment at which the token of one in it comes.
func comesAsDue(s *explore.S) {
	l := ratelimit.New(1, 1)
	l.Allow()
	var first, second asked
	s.Go(func() { first.wait(context.Background(), s, l) })
	s.Go(func() {
		time.Sleep(time.Second) // the clock moves on only when first stands in line
		s.Yield()
		second.wait(context.Background(), s, l)
	})
	s.Wait()
	if first.err != nil || second.err != nil || !near(first.left, time.Second) || !near(second.left, time.Second) {
		s.Fail(2, "two Waits, the second of which comes 1s later, at the moment at which the first is due its token, together",
			fmt.Sprint(probe.ErrorName(first.err), " after ", first.left, ", ", probe.ErrorName(second.err), " after ", second.left), "nil after 1s, nil after 1s")
	}
}

// leaveOneByOne has two neighbours in line leave it, one after the other: whoever is
// behind them moves up to their places, and no further.
func leaveOneByOne(t *testing.T) {
	t.Helper()
	for _, after := range [][2]time.Duration{{200 * time.Millisecond, 500 * time.Millisecond}, {500 * time.Millisecond, 200 * time.Millisecond}} {
		probe.Bubble(t, func(t *testing.T) {
			b := newBucket(1, 1)
			b.wantFull(t, "new")
			first := begin(t.Context(), b.Limiter)
			var leavers [2]*waiter
			for i := range leavers {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(after[i], cancel)
				leavers[i] = begin(ctx, b.Limiter)
			}
			last := begin(t.Context(), b.Limiter)
			time.Sleep(time.Minute)
			line := fmt.Sprintf(" of 4 in line, of which number 2 leaves after %v and number 3 after %v", after[0], after[1])
			first.gave(t, "Wait number 1"+line, "nil", time.Second)
			last.gave(t, "Wait number 4"+line, "nil", 2*time.Second)
			for i, w := range leavers {
				w.gave(t, fmt.Sprint("Wait number ", i+2, line), "context.Canceled", after[i])
			}
		})
	}
}

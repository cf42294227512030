//go:build hidden

package ratelimit_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/ratelimit"
)

// The API, to the letter.
var (
	_ func(perSecond float64, burst int) *ratelimit.Limiter       = ratelimit.New
	_ func(l *ratelimit.Limiter) bool                             = (*ratelimit.Limiter).Allow
	_ func(l *ratelimit.Limiter, ctx context.Context) (err error) = (*ratelimit.Limiter).Wait
)

func TestRefused(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	some := 1 + r.Float64()*1000
	for _, c := range []struct {
		perSecond float64
		burst     int
		refused   bool
	}{
		{some, 1, false},
		{1 / some, 1 + r.IntN(100), false},
		{some, math.MaxInt, false},
		{0, 1, true},
		{-some, 1, true},
		{-1 / some, 1, true},
		{math.NaN(), 1, true},
		{math.Inf(-1), 1, true},
		{some, 0, true},
		{some, -1 - r.IntN(100), true},
	} {
		answer := "a panic"
		probe.Recovered(func() {
			answer = fmt.Sprint("a limiter whose Allow() gives ", ratelimit.New(c.perSecond, c.burst).Allow())
		})
		want := "a limiter whose Allow() gives true"
		if c.refused {
			want = "a panic"
		}
		probe.Equal(t, 1, fmt.Sprintf("New(%v, %d)", c.perSecond, c.burst), answer, want)
	}
}

// Ask whenever something should change: just before and just after.
func TestBucket(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for range 5 {
		probe.Bubble(t, func(t *testing.T) {
			b := newBucket(0.01+r.Float64()*100, 3+r.IntN(8)) // room for some, and one more
			b.wantFull(t, "new")
			b.sleep(0.4)
			b.want(t, false, "Allow() 0.4 of a token after the bucket was empty")
			b.sleep(0.5)
			b.want(t, false, "Allow() 0.9 of a token after the bucket was empty")
			b.sleep(0.2)
			b.want(t, true, "Allow() 1.1 tokens after the bucket was empty")
			b.want(t, false, "Allow() right after it")
			b.sleep(0.8)
			b.want(t, false, "Allow() 1.9 tokens after the bucket was empty, one of which was taken")
			b.sleep(0.2)
			b.want(t, true, "Allow() 2.1 tokens after the bucket was empty, one of which was taken")
			b.sleep(float64(b.burst) + 50.5)
			b.wantFull(t, "long not used")
			b.sleep(0.9)
			b.want(t, false, "Allow() 0.9 of a token after a bucket that was long full was emptied")
			b.sleep(0.2)
			b.want(t, true, "Allow() 1.1 tokens after a bucket that was long full was emptied")
			b.sleep(float64(b.burst) + 0.5)
			some := 2 + r.IntN(b.burst-2)
			for range some {
				b.want(t, true, fmt.Sprintf("one of %d Allow() of a full bucket", some))
			}
			b.sleep(float64(some) + 1.4)
			b.wantFull(t, fmt.Sprintf("not used for %d.4 tokens after %d were taken from the full one", some+1, some))
		})
	}
	rested(t, "in turn, of a bucket that was full for long,", 50.5, 0.01+r.Float64()*100, 2+r.IntN(4), 10)
}

// Waits in turn and all in line, at rates whose period is no whole number of
// nanoseconds: whoever rounds each period drifts off.
func TestExact(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	odd := func() float64 { return 1e9 / (float64(100_000+r.IntN(900_000)) + 0.4 + 0.2*r.Float64()) }
	inTurn(t, odd(), 1, 3500)
	inTurn(t, 1.0/7200, 1, 50)
	inTurn(t, 3, 2+r.IntN(4), 300)
	inTurn(t, 20_000+r.Float64()*30_000, 1, 20) // too short to sleep, some think
	inTurn(t, 1e7, 1, 1000)                     // several a microsecond
	inOneLine(t, odd(), 1+r.IntN(5), 100)
	inOneLine(t, 1/(1+r.Float64()*1e6), 3, 20)
	withPauses(t, odd(), 300)
}

func TestInOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n := 5 + r.IntN(10)
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(0.5+r.Float64(), 1)
		b.wantFull(t, "new")
		var line []*waiter
		for i := range n {
			line = append(line, begin(t.Context(), b.Limiter))
			took := probe.Elapsed(func() { b.want(t, false, fmt.Sprintf("Allow() with %d in line", i+1)) })
			probe.Equal(t, 1, fmt.Sprintf("time of Allow() with %d in line", i+1), took, 0)
		}
		for i := range n {
			b.sleep(0.9)
			b.want(t, false, fmt.Sprintf("Allow() just before a token that is due to the first of %d in line", n-i))
			line = append(line, begin(t.Context(), b.Limiter)) // no one may overtake
			b.sleep(0.1)
		}
		b.sleep(float64(n) + 1)
		for i, w := range line {
			due := b.after(i + 1)
			if i >= n { // arrived later
				due -= b.after(i-n) + time.Duration(0.9*float64(b.after(1)))
			}
			if w.gave(t, fmt.Sprintf("Wait number %d in line", i+1), "nil", due); t.Failed() {
				return
			}
		}
	})
	probe.Bubble(t, ofTheirOwn)
}

func TestContext(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, tooLate)
	probe.Bubble(t, partOfIt)
	probe.Bubble(t, func(t *testing.T) {
		b := newBucket(1, 3)
		left := errors.New("the user has left") // a cause, never a result
		gone, cancel := context.WithCancelCause(t.Context())
		cancel(left)
		for range 9 {
			begin(gone, b.Limiter).gave(t, "Wait with ctx cancelled before, on a full bucket", "context.Canceled", 0)
		}
		b.wantFull(t, "one that only cancelled Waits have used")
		begin(gone, b.Limiter).gave(t, "Wait with ctx cancelled before, on an empty bucket", "context.Canceled", 0)
		alone, goAway := context.WithCancelCause(t.Context())
		first := begin(alone, b.Limiter)
		synctest.Wait()
		goAway(left)
		first.gave(t, "Wait cancelled as the first in line", "context.Canceled", 0)

		ahead := 1 + r.IntN(4)
		for range ahead {
			begin(t.Context(), b.Limiter)
		}
		const margin = 20 * time.Microsecond // far more than the 1 µs of sentence 3
		due := seconds(float64(ahead + 1))   // of whoever comes next
		for _, within := range []time.Duration{due - margin, due - time.Second - margin, seconds(0.3)} {
			ctx, cancel := context.WithTimeout(t.Context(), within)
			begin(ctx, b.Limiter).gave(t, fmt.Sprintf("Wait with %d in line and a deadline in %v, 1 token a second", ahead, within),
				"context.DeadlineExceeded", 0)
			cancel()
		}
		ctx, stop := context.WithTimeout(t.Context(), due+margin)
		defer stop()
		patient := begin(ctx, b.Limiter)
		behind, leave := context.WithCancelCause(t.Context())
		last := begin(behind, b.Limiter)
		time.Sleep(seconds(0.25))
		leave(left)
		time.Sleep(time.Hour)
		patient.gave(t, fmt.Sprintf("Wait with %d in line and a deadline in %v, 1 token a second", ahead, due+margin), "nil", due)
		last.gave(t, "Wait cancelled after 0.25s in line", "context.Canceled", seconds(0.25))
	})
}

func TestMoveUp(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n := 5 + r.IntN(4)
	moveUp(t, n, 0)
	moveUp(t, n, 1+r.IntN(n-2))
	moveUp(t, n, n-1)
	moveUp(t, n, 0, 1, 3)
	moveUp(t, 1, 0)
	leaveOneByOne(t)
	movedUpInTime(t)
	goneBeforeItIsDue(t)
	nobodyLeft(t)
}

func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	for _, scenario := range []func(*explore.S){oneToken, leaves, leavesAsDue, bothLeave, dueToTheLine, comesAsDue} {
		if explore.Run(t, scenario, explore.Schedules(100)); t.Failed() {
			return
		}
	}
	explore.Run(t, comeAndGo)
}

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const goroutines, waits, burst = 12, 40, 5
	probe.Bubble(t, func(t *testing.T) {
		l := ratelimit.New(10, burst)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		var granted probe.Gauge
		took := probe.Elapsed(func() {
			probe.Parallel(t, goroutines, func(i int) {
				for range waits {
					switch {
					case i%4 == 0:
						if l.Allow() {
							granted.Enter()
						}
						time.Sleep(37 * time.Millisecond)
					case i%4 == 1 && l.Wait(gone) == nil:
						granted.Enter()
					case i%4 > 1 && l.Wait(t.Context()) == nil:
						granted.Enter()
					}
				}
			})
		})
		if least := goroutines / 2 * waits; granted.Total() < least {
			probe.Fail(t, 2, "tokens that 6 goroutines with 40 Waits each, and others with Allow, get", granted.Total(), fmt.Sprintf("%d or more", least))
		}
		if most := burst + int(took.Seconds()*10+0.001); granted.Total() > most {
			probe.Fail(t, 1, fmt.Sprintf("tokens that 12 goroutines get in %v, at 10 a second and a burst of 5", took), granted.Total(), fmt.Sprintf("%d or fewer", most))
		}
	})
}

//go:build hidden

package eventloop_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/eventloop"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ *error                                                              = &eventloop.ErrClosed
	_ func() *eventloop.Loop                                              = eventloop.New
	_ func(*eventloop.Loop, func()) error                                 = (*eventloop.Loop).Post
	_ func(l *eventloop.Loop, d time.Duration, fn func()) (cancel func()) = (*eventloop.Loop).After
	_ func(*eventloop.Loop, context.Context) error                        = (*eventloop.Loop).Run
	_ func(*eventloop.Loop)                                               = (*eventloop.Loop).Close
)

func TestPostOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		var want []string
		for i := range 20 + r.IntN(8) { // each takes a millisecond; a few come out of a map in order now and then
			d.post(fmt.Sprint("post ", i), time.Millisecond)
			want = append(want, fmt.Sprintf("post %d at %v", i, time.Duration(i)*time.Millisecond))
		}
		synctest.Wait()
		d.want(2, "before Run")
		go d.run(t.Context())
		time.Sleep(time.Nanosecond) // off the grid
		d.post("from elsewhere", time.Millisecond, func() { d.post("from a callback", 0) })
		d.post("last", 0)
		next := time.Duration(len(want)) * time.Millisecond
		want = append(want, fmt.Sprint("from elsewhere at ", next), fmt.Sprint("last at ", next+time.Millisecond),
			fmt.Sprint("from a callback at ", next+time.Millisecond))
		time.Sleep(time.Second + time.Duration(r.IntN(1e9))) // the loop is idle
		want = append(want, fmt.Sprint("to an idle loop at ", time.Since(d.start)))
		d.post("to an idle loop", 0)
		synctest.Wait()
		d.want(1, "callbacks posted before and during Run", want...)
		d.Close()
		<-d.ended
	})
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		probe.WantPanic(t, 6, "Post(nil)", func() { _ = d.Post(nil) })
		probe.WantPanic(t, 6, "After(1s, nil)", func() { d.After(time.Second, nil) })
	})
	probe.Bubble(t, oneInAnother)
}

func TestPostNeverBlocks(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) { floods(t, 6_000) })
}

func TestTimers(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		const s, us = time.Second, time.Microsecond
		d.after(math.MaxInt64, "after 292 years")
		d.after(9*s, "close", d.Close)
		d.after(3*s, "after 3s", func() { d.after(s/2, "half a second after that") })
		d.after(s, "after 1s")
		d.after(-s, "at once", func() { d.after(0, "at once, from a callback") })
		d.after(2*s, "after 2s")
		d.after(2*s, "also after 2s")
		d.after(2*s, "after 2s, too")
		d.after(2*s+500*us, "half a millisecond later")
		d.after(2*s+200*us, "sooner than that")
		d.after(2*s+200*us+1, "a nanosecond after that")
		time.AfterFunc(s/2, func() {
			d.after(3*s/2, "at 2s, made with a shorter delay")
			d.after(s/4, "sooner than all others")
		})
		time.AfterFunc(5*s, func() { d.after(0, "at once, from elsewhere") })
		d.run(t.Context())
		d.want(3, "timers", "at once at 0s", "at once, from a callback at 0s", "sooner than all others at 750ms", "after 1s at 1s",
			"after 2s at 2s", "also after 2s at 2s", "after 2s, too at 2s", "at 2s, made with a shorter delay at 2s", "sooner than that at 2.0002s",
			"a nanosecond after that at 2.000200001s", "half a millisecond later at 2.0005s",
			"after 3s at 3s", "half a second after that at 3.5s",
			"at once, from elsewhere at 5s", "close at 9s", "Run returns nil at 9s")
	})
	probe.Bubble(t, dueTogether)
	probe.Bubble(t, func(t *testing.T) { overdue(t, r.Perm) })
}

// dueTogether has many timers become due at the same three moments.
func dueTogether(t *testing.T) {
	const timers, moments = 300, 3 // a byte does not number them
	d := open(t)
	for i := range timers {
		d.after(time.Duration(moments-i%moments)*time.Second, fmt.Sprint("timer ", i))
	}
	d.after((moments+1)*time.Second, "close", d.Close)
	var want []string
	for s := 1; s <= moments; s++ {
		for i := moments - s; i < timers; i += moments {
			want = append(want, fmt.Sprintf("timer %d at %ds", i, s))
		}
	}
	d.run(t.Context())
	d.want(3, fmt.Sprintf("%d timers, each due after 3s, 2s or 1s", timers), append(want, "close at 4s", "Run returns nil at 4s")...)
}

// overdue has timers become due in any order before Run, and while a callback
// holds up the loop.
func overdue(t *testing.T, perm func(int) []int) {
	d := open(t)
	arm := func(when string, n int) (want []string) {
		for _, i := range perm(n) {
			d.after(time.Duration(i+1)*time.Second, fmt.Sprint(i, when))
		}
		d.after(100*time.Millisecond, "soon"+when)
		time.Sleep(1500 * time.Millisecond)
		d.after(1200*time.Millisecond, "made later"+when) // due at 2.7 s
		time.Sleep(20 * time.Second)
		d.after(0, "made last"+when)
		at := time.Since(d.start)
		want = append(want, fmt.Sprintf("soon%s at %v", when, at))
		for i := range n {
			want = append(want, fmt.Sprintf("%d%s at %v", i, when, at))
			if i == 1 {
				want = append(want, fmt.Sprintf("made later%s at %v", when, at))
			}
		}
		return append(want, fmt.Sprintf("made last%s at %v", when, at))
	}
	want := arm(" before Run", 9)
	started := make(chan struct{})
	release := make(chan struct{})
	d.after(time.Second, "blocks", func() { close(started); <-release })
	go d.run(t.Context())
	<-started
	want = append(want, fmt.Sprint("blocks at ", time.Since(d.start)))
	want = append(want, arm(" while a callback runs", 9)...)
	close(release)
	synctest.Wait()
	d.want(3, "timers that became due before the loop got to them", want...)
	d.Close()
	<-d.ended
}

func TestCancelTimer(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		const s = time.Second
		d.after(s/2, "cancelled before Run")()
		stop := d.after(s, "cancelled from elsewhere")
		d.after(s, "a neighbour")
		time.AfterFunc(s/2, stop)

		var self, second, third func()
		self = d.after(2*s, "cancels itself and those behind it", func() { self(); second(); third(); second() })
		second = d.after(2*s, "due at the same moment")
		d.after(2*s, "not cancelled")
		third = d.after(3*s, "due later")

		var late func()
		d.after(4*s, "holds up the loop", func() { time.Sleep(3 * s) })
		d.after(5*s, "overdue, and cancels", func() { late(); self(); stop() })
		late = d.after(6*s, "overdue, and cancelled")
		d.after(13*s/2, "overdue")
		var own func()
		own = d.after(8*s, "cancels itself, which has started", func() { own() })
		d.after(8*s, "due together with that")
		d.after(9*s, "close", d.Close)
		d.run(t.Context())
		d.want(3, "timers, some of which are cancelled", "a neighbour at 1s", "cancels itself and those behind it at 2s",
			"not cancelled at 2s", "holds up the loop at 4s", "overdue, and cancels at 7s", "overdue at 7s",
			"cancels itself, which has started at 8s", "due together with that at 8s",
			"close at 9s", "Run returns nil at 9s")
	})
	probe.Bubble(t, cancelledTooLate)
	for _, order := range [][]int{rightFirst(127), r.Perm(127)} {
		probe.Bubble(t, func(t *testing.T) { everyThird(t, order) })
	}
	probe.Bubble(t, func(t *testing.T) { // a post cancels what is due
		d := open(t)
		var late func()
		d.post("a post that takes 2s and cancels", 2*time.Second, func() { late() })
		late = d.after(time.Second, "due meanwhile")
		for range 3_000 { // a cancel that is a message itself comes behind these
			_ = d.Post(func() {})
		}
		d.after(3*time.Second, "close", d.Close)
		d.run(t.Context())
		d.want(3, "a post that cancels a timer", "a post that takes 2s and cancels at 0s", "close at 3s", "Run returns nil at 3s")
	})
}

func TestNobodyStarves(t *testing.T) {
	probe.Check(t)
	for _, chains := range []int{1, 3} { // more than one is always there
		probe.Bubble(t, func(t *testing.T) {
			starve(t, "timer", chains, "posts that post the next one",
				func(d *diary, fn func()) { d.Post(fn) },
				func(d *diary, fn func()) { d.After(10500*time.Microsecond, fn) })
		})
		probe.Bubble(t, func(t *testing.T) {
			starve(t, "post", chains, "timers of 0 that start the next one",
				func(d *diary, fn func()) { d.After(0, fn) },
				func(d *diary, fn func()) { time.AfterFunc(10500*time.Microsecond, func() { d.Post(fn) }) })
		})
	}
	for _, long := range []time.Duration{2 * time.Minute, 2 * time.Hour, 30 * time.Hour} {
		for _, has := range []string{"a timer", "no timer", "a cancelled timer"} {
			if !t.Failed() { // one that looks again and again would take for ever
				probe.Bubble(t, func(t *testing.T) { idles(t, long, has) })
			}
		}
	}
}

func TestEnd(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, f := range []func(*testing.T){
		closedFromElsewhere, closedByACallback, closedBeforeRun, closedByATimer, cancelledBefore, cancelledByACallback, cancelledByATimer, cancelledMeanwhile,
	} {
		probe.Bubble(t, f)
	}
	at := time.Duration(1 + r.IntN(1e9))
	idle(t, at, "Run returns nil", func(t *testing.T, d *diary) context.Context {
		time.AfterFunc(at, d.Close)
		return t.Context()
	})
	idle(t, at, "Run returns context.Canceled", func(t *testing.T, d *diary) context.Context {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(at, func() { cancel(errDecoy) })
		return ctx
	})
	idle(t, at, "Run returns context.DeadlineExceeded", func(t *testing.T, d *diary) context.Context {
		ctx, cancel := context.WithTimeoutCause(t.Context(), at, errDecoy)
		t.Cleanup(cancel)
		return ctx
	})
}

func TestAnyMoment(t *testing.T) {
	probe.Check(t)
	scenario(t, closeMeetsPost)
	scenario(t, closeMeetsAfter)
	scenario(t, postMeetsSleep)
	scenario(t, cancelMeetsPost)
	scenario(t, timersMeetSleep)
}

// letter is what a poster writes and a callback reads.
type letter struct{ pages int }

// What callbacks share needs no lock, since they run on one goroutine; what a poster
// wrote before is there for its callback.
func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const posters, rounds = 12, 40
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		posts, timers := 0, 0
		go d.run(t.Context())
		probe.Parallel(t, posters, func(int) {
			for range rounds {
				message := &letter{pages: 1}
				d.Post(func() { posts += message.pages })
				stop := d.After(time.Minute, func() { posts = 0 })
				d.After(0, func() { timers += message.pages })
				if stop != nil {
					stop()
				}
			}
		})
		d.After(time.Second, d.Close)
		<-d.ended
		probe.Equal(t, 1, "callbacks that have run, of those that 12 goroutines post", posts, posters*rounds)
		probe.Equal(t, 3, "timers of 0 that have run, of those that 12 goroutines start", timers, posters*rounds)
	})
	probe.Bubble(t, sideBySide)
}

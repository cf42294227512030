//go:build hidden

package eventloop_test

import (
	"context"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// closedFromElsewhere closes a loop that has posts and timers left. "overdue" is due
// before Close, but a callback was running.
func closedFromElsewhere(t *testing.T) {
	const s = time.Second
	d := open(t)
	d.post("first", s)
	d.post("second", s)
	d.post("third", s)
	d.after(s/5, "overdue")
	d.after(3*s/2, "due while the posts are finished")
	d.after(far, "far away")
	time.AfterFunc(s/2, func() {
		d.Close()
		d.Close()
		refused(d)
	})
	d.run(probe.Foreign(t.Context())) // a goroutine follows it for whoever waits for it
	probe.NoneLeft(t, "Run")
	refused(d)
	time.Sleep(s)
	d.want(4, "Close at 500ms, three posts and three timers", "first at 0s", "second at 1s", "third at 2s", "Run returns nil at 3s")
}

// refused wants the closed loop to take nothing more.
func refused(d *diary) {
	d.t.Helper()
	probe.Equal(d.t, 4, "Post of a closed loop", code(d.Post(d.write("posted after Close", 0))), "ErrClosed")
	d.After(0, d.write("a timer made after Close", 0))
	d.After(far, d.write("a far timer made after Close", 0))
	if cancel := d.After(time.Second, d.write("a timer made after Close and cancelled", 0)); cancel != nil {
		cancel()
	}
}

func closedByACallback(t *testing.T) {
	d := open(t)
	var stop func()
	d.post("first", time.Second, func() {
		d.Close()
		refused(d)
		d.Close()
		stop() // a timer that Close has dropped, and which must not bring back others
	})
	d.post("second", time.Second)
	stop = d.after(time.Second/2, "overdue")
	d.after(time.Second/2, "overdue, too")
	d.after(3*time.Second/2, "due while the posts are finished")
	d.run(t.Context())
	time.Sleep(time.Second)
	d.want(4, "Close in the first of two posts", "first at 0s", "second at 1s", "Run returns nil at 2s")
}

func closedByATimer(t *testing.T) {
	d := open(t)
	d.after(time.Second, "closes", func() {
		d.post("posted before Close", time.Second)
		d.Close()
	})
	d.after(time.Second, "due at the same moment")
	d.after(3*time.Second/2, "due while the post is finished")
	d.run(t.Context())
	probe.NoneLeft(t, "Run")
	time.Sleep(2 * time.Second)
	d.want(4, "Close in the first of two timers that are due", "closes at 1s", "posted before Close at 1s", "Run returns nil at 2s")
}

func closedBeforeRun(t *testing.T) {
	d := open(t)
	d.post("posted", 0)
	d.after(0, "due")
	d.after(far, "far away")
	d.Close()
	refused(d)
	d.run(t.Context())
	d.want(4, "Close before Run", "posted at 0s", "Run returns nil at 0s")

	forgotten := open(t) // without any Run no goroutine stays either
	forgotten.after(far, "far away")
	forgotten.post("posted", 0)
	forgotten.Close()
	probe.NoneLeft(t, "Close of a loop that never runs")
}

func cancelledBefore(t *testing.T) {
	d := open(t)
	d.post("posted", 0)
	d.after(0, "due")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errDecoy)
	d.run(ctx)
	time.Sleep(time.Second)
	d.want(4, "Run(ctx) with ctx done", "Run returns context.Canceled at 0s")
}

func cancelledByACallback(t *testing.T) {
	d := open(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	d.post("cancels", time.Second, func() { cancel(errDecoy) })
	d.post("next", 0)
	d.post("last", 0)
	d.after(time.Second/2, "overdue")
	d.run(ctx)
	time.Sleep(time.Second)
	d.want(4, "ctx cancelled in the first of three posts", "cancels at 0s", "Run returns context.Canceled at 1s")
}

func cancelledByATimer(t *testing.T) {
	d := open(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	d.after(time.Second, "cancels", func() { cancel(errDecoy) })
	d.after(time.Second, "due at the same moment")
	d.after(2*time.Second, "later")
	d.run(ctx)
	probe.NoneLeft(t, "Run")
	time.Sleep(2 * time.Second)
	d.want(4, "ctx cancelled in the first of two timers that are due", "cancels at 1s", "Run returns context.Canceled at 1s")
}

func cancelledMeanwhile(t *testing.T) {
	d := open(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
	defer cancel()
	d.after(time.Second/4, "runs", func() { time.Sleep(time.Second) })
	d.after(time.Second, "overdue")
	d.after(3*time.Second, "later")
	d.run(ctx)
	for range 5000 {
		_ = d.Post(d.write("posted when Run has returned", 0)) // must not block, whatever it gives
	}
	time.Sleep(5 * time.Second)
	d.want(4, "ctx done while a callback runs", "runs at 250ms", "Run returns context.DeadlineExceeded at 1.25s")
	d.Close()
}

// idle ends a loop that has nothing to do until far.
func idle(t *testing.T, at time.Duration, want string, end func(*testing.T, *diary) context.Context) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		d := open(t)
		d.after(far, "far away")
		d.run(end(t, d))
		probe.NoneLeft(t, "Run")
		time.Sleep(time.Second)
		d.want(4, "end of an idle loop", want+" at "+at.String())
		d.Close()
	})
}

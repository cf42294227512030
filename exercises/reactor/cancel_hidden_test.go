//go:build hidden

package reactor_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

func TestCancel(t *testing.T) {
	probe.Check(t)
	for _, cause := range []error{nil, errReset} {
		probe.Bubble(t, func(t *testing.T) { cancelled(t, cause) })
		if t.Failed() {
			return
		}
	}
	for _, script := range [][]read{
		{{after: time.Second, data: "a"}, {data: "b"}, end},
		{{after: time.Second, data: "a", err: io.EOF}}, // whose end is known by then
	} {
		if probe.Bubble(t, func(t *testing.T) { cancelledByHandler(t, script) }); t.Failed() {
			return
		}
	}
	probe.Bubble(t, outOfTime)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := reactorOf(t)
		d := newDiary("never read", read{data: "a"}, end)
		r.Register(d.conn, d.handler())
		wantCtx(t, "Run(ctx) with ctx done", r.Run(ctx))
		probe.Equal(t, 3, "pieces of data delivered with ctx done", d.Len(), 0)
		d.closedOnce(t, 3, "of a connection registered before a Run whose ctx is done", context.Canceled)
	})
}

// outOfTime has ctx end by its deadline.
func outOfTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	r := reactorOf(t)
	d := newDiary("silent")
	r.Register(d.conn, d.handler())
	if err := r.Run(ctx); probe.OfContext(ctx, err) != context.DeadlineExceeded {
		probe.Fail(t, 3, "error of Run(ctx) after ctx's deadline", name(err), name(context.DeadlineExceeded))
	}
	d.closedOnce(t, 3, "of a silent connection, after ctx's deadline", context.DeadlineExceeded)
}

// isCtx tells ctx's error from others, also from one that claims to be any.
func isCtx(err error) bool { return errors.Is(err, context.Canceled) && !errors.Is(err, errClosed) }

// wantCtx wants a call of Run to have returned ctx's error.
func wantCtx(t *testing.T, call string, err error) {
	t.Helper()
	if !isCtx(err) {
		probe.Fail(t, 3, "error of "+call, name(err), name(context.Canceled))
	}
}

// cancelled ends ctx while one connection is silent, one has data under way,
// one has ended, and an OnClose registers another one, whose OnClose does too, and
// so on: late is those in the order of their registration, the silent one first.
func cancelled(t *testing.T, cause error) {
	r := reactorOf(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	ended := newDiary("ended", read{after: time.Second, data: "a", err: io.EOF})
	busy := newDiary("busy", read{after: time.Second, data: "b"}, read{after: time.Second, data: "c"}, end)
	late := []*diary{newDiary("silent")}
	for _, nth := range []string{"first", "second", "third", "fourth", "fifth"} {
		late = append(late, newDiary(nth+" late", read{data: "d"}))
	}
	for _, d := range []*diary{ended, busy} {
		r.Register(d.conn, d.handler())
	}
	r.Register(late[0].conn, inLine(r, late))
	for _, d := range append(late, busy) {
		d.fails = errClose // which is nobody's business
	}
	go func() {
		time.Sleep(1500 * time.Millisecond)
		cancel(cause)
	}()
	var err error
	took := probe.Elapsed(func() { err = r.Run(ctx) })
	probe.Equal(t, 3, "time of Run(ctx) with ctx cancelled after 1.5 s", took, 1500*time.Millisecond)
	wantCtx(t, "Run(ctx) after ctx was cancelled", err)
	probe.NoneLeft(t, "Run(ctx) after ctx was cancelled")
	probe.Equal(t, 3, "pieces of data that came before ctx was done", busy.Len(), 1)
	ended.closedOnce(t, 2, "of a connection that had ended before", nil)
	for _, d := range append(late, busy) {
		d.closedOnce(t, 3, "of the "+d.name+" connection, after ctx was cancelled", context.Canceled)
		probe.Equal(t, 3, "calls of OnClose of the "+d.name+" connection while its reader was still reading", d.busy.Total(), 0)
	}
}

// cancelledByHandler has the first OnData of many connections cancel: by then the
// others have data too.
func cancelledByHandler(t *testing.T, script []read) {
	r := reactorOf(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	all := make([]*diary, 8)
	for i := range all {
		all[i] = newDiary(fmt.Sprint(i), script...)
		all[i].during = func() {
			time.Sleep(time.Millisecond) // what the others read is handed in by then
			cancel()
		}
		r.Register(all[i].conn, all[i].handler())
	}
	err := r.Run(ctx)
	probe.NoneLeft(t, "Run(ctx) whose first OnData cancels ctx")
	calls := 0
	for _, d := range all {
		calls += d.Len()
	}
	contract := 3
	if calls == 0 { // nobody has cancelled ctx
		contract = 2
	}
	call := fmt.Sprintf("calls of OnData of %d connections whose first Read gives data and %s, when the first call cancels ctx", len(all), name(script[0].err))
	if !probe.Equal(t, contract, call, calls, 1) {
		return
	}
	wantCtx(t, "Run(ctx) after an OnData cancelled ctx", err)
	for _, d := range all {
		want := context.Canceled
		if ended := script[0].err == io.EOF && d.Len() == 1; ended && slices.Contains(d.ends.All(), nil) {
			want = nil // the end came with the data that cancelled ctx
		}
		if !d.closedOnce(t, 3, "of a connection when an OnData cancels ctx", want) {
			return
		}
	}
}

//go:build hidden

package connpool_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
)

// closeBusy closes a pool with an idle connection, taken ones and a line.
func closeBusy(t *testing.T) {
	s := open(t, 2, long)
	a, b := s.get(1, 1, "of a new pool"), s.get(1, 2, "of a pool with one taken")
	line := []*call{get(t.Context(), s.p), get(t.Context(), s.p)}
	s.want(1, line[0], waits, "of a full pool")
	for range 2 {
		s.p.Close()
		for _, c := range line {
			s.want(3, c, "ErrClosed", "of one in line, when the pool is closed")
		}
		s.want(3, get(t.Context(), s.p), "ErrClosed", "after Close")
	}
	s.openNow(3, 2, "after Close, two of them taken")
	s.put(a, false)
	s.openNow(3, 1, "after Close and one Put of two")
	s.put(b, true)
	s.openNow(3, 0, "after Close and two Puts of two")

	s = open(t, 2, long)
	a, b = s.get(1, 1, "of a new pool"), s.get(1, 2, "of a pool with one taken")
	s.put(a, false)
	s.put(b, false)
	s.d.closing = func() { time.Sleep(time.Second) }
	s.p.Close()
	probe.Equal(t, 3, "connections open when Close returns, while each connection takes a second to close", s.d.open.In(), 0)
	s.p.Close()
	s.want(3, get(t.Context(), s.p), "ErrClosed", "after two Closes")
}

// closeDialling closes a pool while a Get dials.
func closeDialling(t *testing.T) {
	s, gate := open(t, 1, long), probe.NewGate()
	s.d.before = func(context.Context, int) error { gate.Pass(); return nil }
	dialling := get(t.Context(), s.p)
	s.want(1, dialling, waits, "whose dial hangs")
	waiting := get(t.Context(), s.p)
	synctest.Wait()
	probe.Equal(t, 1, "number of dials of New(1, idle, dial)", s.d.open.Total(), 1)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		s.p.Close()
	}()
	synctest.Wait()
	gate.Open()
	<-closed
	s.want(3, waiting, "ErrClosed", "of one in line, when the pool is closed")
	if got := dialling.gave(); got != "ErrClosed" && got != nth(1) {
		probe.Fail(t, 3, "Get that dials while the pool is closed", got, "ErrClosed, or the connection")
	}
	s.end(dialling)
}

// cancelInLine ends the ctx of some at the head of the line.
func cancelInLine(leavers int) func(*testing.T) {
	return func(t *testing.T) {
		s := open(t, 1, long)
		first := s.get(1, 1, "of a new pool")
		ctx, cancel := context.WithCancelCause(t.Context())
		var left []*call
		for range leavers {
			left = append(left, get(ctx, s.p))
			s.want(1, left[len(left)-1], waits, "of a full pool")
		}
		line := s.line(2)
		next, last := line[0], line[1]
		s.want(1, next, waits, "of a full pool")
		s.want(1, last, waits, "of a full pool")
		cancel(errReason)
		for _, leaver := range left {
			s.want(3, leaver, "context.Canceled", "of one in line whose ctx is cancelled")
		}
		s.want(3, next, waits, "of the one behind whoever left the line")
		s.put(first, false)
		s.want(3, next, nth(1), "of the one behind whoever left the line, after Put")
		s.want(1, last, waits, "of the second behind whoever left the line, after one Put")
		s.put(next, false)
		s.want(1, last, nth(1), "of the second behind whoever left the line, after two Puts")
		s.end(last)
	}
}

// cancelInDial ends the ctx of a dial that ends with it, or, where that goes on for
// the next in line, after a minute.
func cancelInDial(t *testing.T) {
	s := open(t, 1, long)
	s.d.before = func(ctx context.Context, id int) error {
		if id > 1 {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(time.Minute):
			return errRefused
		}
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	dialling := get(ctx, s.p)
	s.want(1, dialling, waits, "whose dial hangs")
	next := get(t.Context(), s.p)
	s.want(1, next, waits, "of a full pool")
	cancel(errReason)
	s.want(3, dialling, "context.Canceled", "whose ctx is cancelled in its dial")
	time.Sleep(2 * time.Minute)
	s.want(2, next, nth(2), "of the next in line, when a dial has failed")
	s.end(next)
}

// cancelBeforeDeafDial ends the ctx of a dial that ignores it and then succeeds, or fails,
// with up to two in line.
func cancelBeforeDeafDial(t *testing.T) {
	for line := range 3 {
		deafDial(t, line, nil)
		deafDial(t, line, errRefused)
	}
}

func deafDial(t *testing.T, line int, end error) {
	s := open(t, 1, time.Hour)
	s.d.before = func(_ context.Context, id int) error {
		if id > 1 {
			return nil
		}
		time.Sleep(time.Minute)
		return end
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	dialling := get(ctx, s.p)
	s.want(1, dialling, waits, "whose dial takes a minute")
	held := s.line(line)
	cancel(errReason)
	s.want(3, dialling, "context.Canceled", "whose ctx is cancelled in a dial that ignores it")
	s.openNow(1, 1, "or being dialled for nobody")
	time.Sleep(2 * time.Minute)
	if line == 0 {
		s.openNow(3, 0, "after a dial that nobody waits for, with nobody in line")
		held = s.line(2) // for one place
	}
	for _, c := range held { // in order: what one gives back, the next in line gets
		if got := c.gave(); got == waits || c.err != nil {
			probe.Fail(t, 3, "Get of the next in line, when a dial that nobody waits for has ended", got, "a connection")
			break
		}
		s.put(c, false)
	}
	probe.Equal(t, 1, "most connections open at the same time", s.d.open.Peak(), 1)
	s.end()
}

// closeBeforeDeafDial closes the pool before a dial succeeds that ignores its ctx,
// which ends before that Close or after it.
func closeBeforeDeafDial(t *testing.T) {
	for _, after := range []bool{false, true} {
		s := open(t, 1, long)
		s.d.before = func(context.Context, int) error { time.Sleep(time.Minute); return nil }
		ctx, cancel := context.WithCancelCause(t.Context())
		dialling := get(ctx, s.p)
		s.want(1, dialling, waits, "whose dial takes a minute")
		if after {
			go s.p.Close()
			synctest.Wait()
		}
		cancel(errReason)
		if got := dialling.gave(); got != "context.Canceled" && (!after || got != "ErrClosed") {
			probe.Fail(t, 3, fmt.Sprintf("Get whose ctx is cancelled in a dial that ignores it (pool closed: %v)", after), got, "context.Canceled")
		}
		go s.p.Close() // again, too
		time.Sleep(2 * time.Minute)
		s.end(dialling)
	}
}

func cancelledOnEntry(t *testing.T) {
	s := open(t, 1, long)
	first := s.get(1, 1, "of a new pool")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.want(3, get(ctx, s.p), "context.Canceled", "of a full pool with ctx done on entry")
	s.put(first, false)
	s.end(s.get(3, 1, "after Put, when a Get with ctx done has left"))
}

// outOfTime has ctx end by its deadline: before Get, in line, and in a dial that hears of
// it and fails, or does not.
func outOfTime(t *testing.T) {
	const end = "context.DeadlineExceeded"
	s := open(t, 1, long)
	first := s.get(1, 1, "of a new pool")
	gone, stop := context.WithTimeout(t.Context(), -time.Second)
	defer stop()
	s.want(3, get(gone, s.p), end, "of a full pool with a ctx whose deadline has passed")
	ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errReason)
	defer cancel()
	inLine := get(ctx, s.p)
	time.Sleep(2 * time.Second)
	s.want(3, inLine, end, "of one in line whose deadline comes")
	s.end(first)
	for _, deaf := range []bool{false, true} {
		s := open(t, 1, long)
		s.d.before = func(ctx context.Context, _ int) error {
			hears := ctx.Done()
			if deaf {
				hears = nil
			}
			select {
			case <-hears:
				return context.Cause(ctx)
			case <-time.After(time.Minute):
				return nil
			}
		}
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errReason)
		defer cancel()
		dialling := get(ctx, s.p)
		time.Sleep(2 * time.Second)
		s.want(3, dialling, end, fmt.Sprintf("whose deadline comes in its dial (which ignores it: %v)", deaf))
		time.Sleep(time.Minute)
		s.end()
	}
}

// ownLimit has a dial fail by a limit of its own, as that of a [net.Dialer] with a
// Timeout does, or one that somebody else cancels, while ctx goes on.
func ownLimit(t *testing.T) {
	for _, end := range []error{context.DeadlineExceeded, context.Canceled} {
		s := open(t, 1, long)
		s.d.before = func(context.Context, int) error { return end }
		s.want(2, get(t.Context(), s.p), kind(end), fmt.Sprintf("whose dial fails with %s while ctx goes on", kind(end)))
		s.end()
	}
}

// ofTheirOwn has two pools that know nothing of each other, and one without a bound to
// speak of.
func ofTheirOwn(t *testing.T) {
	large := open(t, 4096, long)
	large.end(large.get(1, 1, "of New(4096, idle, dial)"))
	a, b := open(t, 1, long), open(t, 1, long)
	one := a.get(1, 1, "of a new pool")
	waiting := get(t.Context(), a.p)
	a.want(1, waiting, waits, "of a full pool")
	two := b.get(1, 1, "of a new pool beside a full one")
	b.put(two, false)
	a.want(1, waiting, waits, "of a full pool, when a connection is idle in another one")
	b.end()
	a.want(1, waiting, waits, "of a full pool, when another one has been closed")
	a.put(one, false)
	a.want(1, waiting, nth(1), "of a pool whose connection comes back, when another pool has been closed")
	a.end(waiting)
}

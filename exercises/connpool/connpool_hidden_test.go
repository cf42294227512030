//go:build hidden

package connpool_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/connpool"
)

// The API, in this file's own words.
var (
	_ *error                                                                           = &connpool.ErrClosed
	_ func(int, time.Duration, func(context.Context) (net.Conn, error)) *connpool.Pool = connpool.New
	_ func(*connpool.Pool, context.Context) (net.Conn, error)                          = (*connpool.Pool).Get
	_ func(*connpool.Pool, net.Conn, bool)                                             = (*connpool.Pool).Put
	_ func(*connpool.Pool)                                                             = (*connpool.Pool).Close
)

const long = 24 * time.Hour // idle connections are kept

func TestReuse(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		s := open(t, 3, long)
		a, b, c := s.get(1, 1, "of a new pool"), s.get(1, 2, "of a pool whose connection is taken"), s.get(1, 3, "of a pool whose connections are taken")
		s.put(b, false)
		s.put(a, false)
		s.put(c, false)
		c = s.get(1, 3, "after Put of 2, 1, 3")
		a = s.get(1, 1, "after Put of 2, 1, 3 and one Get")
		s.put(c, false)
		c = s.get(1, 3, "right after Put of 3")
		s.put(a, true)
		s.openNow(2, 2, "after Put(1, broken) of three connections")
		b = s.get(1, 2, "after Put(1, broken), while 2 is idle")
		a = s.get(2, 4, "after Put(1, broken), when no connection is idle")
		s.end(a, b, c)
	})
	for _, idle := range []time.Duration{0, -time.Second} {
		probe.Bubble(t, func(t *testing.T) {
			s := open(t, 2, idle)
			a := s.get(1, 1, "of a new pool")
			s.put(a, false)
			s.openNow(1, 0, fmt.Sprintf("after Put, where idle is %v", idle))
			b := s.get(1, 2, fmt.Sprintf("after Put, where idle is %v", idle))
			if t.Failed() {
				return
			}
			c := b.conn
			for n := 3; n < 30; n++ { // a timer may come in between, but not each time
				s.p.Put(c, false)
				var err error
				c, err = s.p.Get(t.Context())
				if !probe.Equal(t, 1, fmt.Sprintf("Get right after Put, where idle is %v", idle), name(c, err), nth(n)) {
					break
				}
			}
			if c != nil {
				s.p.Put(c, false)
			}
			s.end()
		})
	}
	probe.Bubble(t, ofTheirOwn)
	d := new(dialer)
	for _, max := range []int{0, -1} {
		if probe.Recovered(func() { connpool.New(max, long, d.dial) }) == nil {
			probe.Fail(t, 1, fmt.Sprintf("New(%d, idle, dial)", max), "a pool", "a panic")
		}
	}
	if probe.Recovered(func() { connpool.New(1, long, nil) }) == nil {
		probe.Failf(t, 1, "New(1, idle, nil) has no function to dial with and does not panic")
	}
}

// Exactly max dials run at the same time, and none of them holds a lock that
// another call needs. A connection counts until its Close has returned.
func TestBound(t *testing.T) {
	probe.Check(t)
	most := 18 + probe.Rand(t).IntN(6) // more than one might give an own bound to dials
	probe.Bubble(t, func(t *testing.T) {
		s, gate := open(t, most, long), probe.NewGate()
		first := s.get(1, 1, "of a new pool")
		s.d.before = func(context.Context, int) error { gate.Pass(); return nil }
		calls := s.line(2 * most)
		probe.Equal(t, 2, fmt.Sprintf("dials at the same time, one of %d connections is taken", most), gate.Inside(), most-1)
		s.openNow(1, most, fmt.Sprintf("or being dialled, of at most %d", most))
		back := make(chan struct{})
		go func() {
			defer close(back)
			s.p.Put(first.conn, false)
		}()
		synctest.Wait()
		select {
		case <-back:
		default:
			probe.Failf(t, 2, "Put does not return while others dial")
		}
		gate.Open()
		for i, c := range calls { // in order: what one gives back, the next in line gets
			if got := c.gave(); got == waits {
				probe.Fail(t, 1, fmt.Sprintf("Get number %d, when those before it have given back their connections", i+1), got, "a connection")
				break
			}
			s.put(c, false)
		}
		<-back
		s.p.Close()
		s.openNow(3, 0, "after Close and a Put of all that were taken")
		probe.Equal(t, 1, "most connections open at the same time", s.d.open.Peak(), most)
	})
	if !t.Failed() {
		probe.Bubble(t, failedDialsPlace)
	}
	if !t.Failed() {
		slowClose(t)
	}
	for _, w := range waysToClose {
		if !t.Failed() {
			slowly(t, w)
		}
	}
}

func TestLine(t *testing.T) {
	probe.Check(t)
	n := 20 + probe.Rand(t).IntN(8) // a short line comes out of a map in order now and then
	probe.Bubble(t, func(t *testing.T) { inLine(t, n, nil) })
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		inLine(t, n, func(id int) error { // every second dial fails
			if id%2 == 0 {
				return errRefused
			}
			return nil
		})
	})
	for _, scenario := range []func(*testing.T){longLine, overtaking(false), overtaking(true), noneKept} {
		if !t.Failed() {
			probe.Bubble(t, scenario)
		}
	}
}

func TestIdle(t *testing.T) {
	probe.Check(t)
	idle := time.Duration(60+probe.Rand(t).IntN(600)) * time.Second
	probe.Bubble(t, func(t *testing.T) {
		s := open(t, 3, idle)
		a, b, c := s.get(1, 1, "of a new pool"), s.get(1, 2, "of a pool with one taken"), s.get(1, 3, "of a pool with two taken")
		s.put(a, false)
		time.Sleep(idle / 2)
		s.put(b, false)
		time.Sleep(idle/2 - time.Millisecond)
		s.openNow(3, 3, "a moment before idle has passed")
		time.Sleep(idle / 50)
		s.openNow(3, 2, "a moment after idle has passed for the first of two")
		b = s.get(1, 2, "while 2 is idle and 1 has been closed")
		s.put(b, false)
		time.Sleep(idle / 20)
		b = s.get(1, 2, "right after its Put")
		s.put(b, false)
		time.Sleep(idle * 24 / 25)
		s.openNow(3, 2, "when 2 was used again in between")
		b = s.get(1, 2, "before idle has passed since its last Put")
		time.Sleep(3 * idle)
		s.openNow(3, 2, "when both have been taken for long")
		s.put(c, false)
		s.put(b, false)
		time.Sleep(idle + idle/50)
		s.openNow(3, 0, "when all have been idle for too long")
		s.end(s.get(3, 4, "when all have been idle for too long"))
	})
	if !t.Failed() {
		probe.Bubble(t, func(t *testing.T) { oldestExpires(t, idle) })
	}
	for _, scenario := range []func(*testing.T){fewGoroutines, shortRest, longUse} {
		if !t.Failed() {
			probe.Bubble(t, scenario)
		}
	}
}

func TestClose(t *testing.T) {
	probe.Check(t)
	if connpool.ErrClosed == nil || kind(connpool.ErrClosed) != "ErrClosed" {
		probe.Failf(t, 3, "ErrClosed is not an error of its own")
		return
	}
	probe.Bubble(t, closeBusy)
	if !t.Failed() {
		probe.Bubble(t, closeDialling)
	}
	if !t.Failed() {
		probe.Bubble(t, noneOfTheLine)
	}
	probe.Equal(t, 3, "ErrClosed is still the same error", connpool.ErrClosed == errClosed, true)
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	for _, scenario := range []func(*testing.T){cancelInLine(1), cancelInLine(2), cancelInDial, cancelBeforeDeafDial, closeBeforeDeafDial, cancelledOnEntry, outOfTime, ownLimit} {
		if !t.Failed() {
			probe.Bubble(t, scenario)
		}
	}
}

// Small scenarios, in every order in which their steps can happen.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	for _, scenario := range []func(*explore.S){
		handOver(false), handOver(true), dialEnds, brokenPut, failedDial, closed,
		leavesAnyTime, oneOfTwoLeaves, leavesAsItComes(false), leavesAsItComes(true),
		putMeetsGet, failedDials, expireAsOneIsTaken, closedTwice, closedFull, closedAsItComes,
	} {
		if explore.Run(t, scenario, explore.Schedules(150)); t.Failed() {
			return
		}
	}
	explore.Run(t, dialHears, explore.Schedules(600)) // a pool that is a goroutine of its own takes more steps
}

func TestTogether(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, together)
}

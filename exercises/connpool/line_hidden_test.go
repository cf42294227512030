//go:build hidden

package connpool_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
)

// inLine has n Gets wait for the only connection, which comes back broken every
// third time.
func inLine(t *testing.T, n int, fails func(id int) error) {
	s := open(t, 1, long)
	s.d.before = func(_ context.Context, id int) error {
		time.Sleep(time.Second)
		if fails != nil {
			return fails(id)
		}
		return nil
	}
	line := s.line(n)
	for i, c := range line {
		time.Sleep(1500 * time.Millisecond)
		turn, want := "it is its turn", "a connection, or dial's error"
		if i > 0 && line[i-1].err != nil { // no two dials fail one after the other
			turn, want = "the dial of the one before it has failed", "a connection"
		}
		if got := c.gave(); !strings.HasPrefix(got, "connection ") && (got != "dial's error" || want == "a connection") {
			probe.Fail(t, 2, fmt.Sprintf("Get number %d in line, when %s", i+1, turn), got, want)
			break
		}
		for _, behind := range line[i+1:] {
			if c.err == nil { // else the next one is on its way
				s.want(1, behind, waits, fmt.Sprintf("of one further behind in line, when number %d has the only connection", i+1))
			}
		}
		s.put(c, i%3 != 1)
	}
	s.end()
}

// longLine has more Gets wait than one might make room for.
func longLine(t *testing.T) {
	s := open(t, 1, long)
	for i, c := range s.line(300) {
		s.want(1, c, nth(1), fmt.Sprintf("number %d of 300 that wait, when those before it have given back the only connection", i))
		s.put(c, false)
	}
	s.end()
}

// overtaking gives the only connection back, broken or not, and wants one again at once,
// while somebody waits for it. Who waits may be faster by luck, but not each time.
func overtaking(broken bool) func(*testing.T) {
	return func(t *testing.T) {
		for range 20 {
			if !t.Failed() {
				overtakes(t, broken)
			}
		}
	}
}

func overtakes(t *testing.T, broken bool) {
	s := open(t, 1, long)
	first := s.get(1, 1, "of a new pool")
	if t.Failed() {
		return
	}
	waiting := get(t.Context(), s.p)
	synctest.Wait()
	again := &call{done: make(chan struct{})}
	go func() {
		defer close(again.done)
		s.p.Put(first.conn, broken)
		again.conn, again.err = s.p.Get(t.Context())
	}()
	next := 1
	if broken {
		next = 2
	}
	s.want(1, waiting, nth(next), fmt.Sprintf("of one who waited, when another gives back the connection (broken: %v) and wants one again", broken))
	s.want(1, again, waits, "right after Put, when somebody else was in line for it")
	s.put(waiting, false)
	s.want(1, again, nth(next), "of the last in line")
	s.end(again)
}

// oldestExpires has the oldest of three idle connections expire: the others keep
// their order. Later two expire one after the other, with no call in between.
func oldestExpires(t *testing.T, idle time.Duration) {
	s := open(t, 3, idle)
	var calls []*call
	for i := range 3 {
		calls = append(calls, s.get(1, i+1, "of a pool that is not full"))
	}
	for _, c := range calls {
		s.put(c, false)
		time.Sleep(idle / 3)
	}
	time.Sleep(idle / 50)
	s.openNow(3, 2, "a moment after idle has passed for the first of three")
	young := s.get(1, 3, "when the oldest of three idle connections has been closed")
	old := s.get(1, 2, "of the last idle one, when the oldest of three has been closed")
	s.put(young, false)
	time.Sleep(idle / 3)
	s.put(old, false)
	time.Sleep(idle*2/3 + idle/50)
	s.openNow(3, 1, "a moment after idle has passed for the first of two")
	time.Sleep(idle / 3)
	s.openNow(3, 0, "when all have been idle for too long")
	s.end()
}

// fewGoroutines leaves connections idle for a day: not one goroutine each.
func fewGoroutines(t *testing.T) {
	s := open(t, 5, long)
	var calls []*call
	for i := range 5 {
		calls = append(calls, s.get(1, i+1, "of a pool that is not full"))
	}
	for range 4 {
		for i, c := range calls {
			s.put(c, false)
			calls[i] = s.get(1, i+1, "right after Put")
		}
	}
	for _, c := range calls {
		s.put(c, false)
	}
	if left := len(probe.Leaked()); left > 1 {
		probe.Fail(t, 3, "goroutines of a pool with five idle connections", left, "1 at most")
	}
	s.end()
}

// noneOfTheLine has Gets dial, in vain and not, and wait in line. Their ctx lives on, and
// is of a type that package context does not know: a goroutine follows it for whoever does
// not let go of it.
func noneOfTheLine(t *testing.T) {
	s := open(t, 1, long)
	s.d.before = func(_ context.Context, id int) error {
		if id == 1 {
			return errRefused
		}
		return nil
	}
	s.want(2, get(probe.Foreign(t.Context()), s.p), "dial's error", "whose dial fails")
	var line []*call
	for range 4 {
		line = append(line, get(probe.Foreign(t.Context()), s.p))
		synctest.Wait() // so their order is known
	}
	last := line[0]
	s.want(1, last, nth(2), "of a pool whose only dial has failed")
	for i, next := range line[1:] {
		s.put(last, i == 1)
		last = next
		s.want(1, last, nth(2+min(i, 1)), "of one in line, after Put")
	}
	if left := len(probe.Leaked()); left > 1 {
		probe.Fail(t, 3, "goroutines of a pool when five Gets have returned, three of which have waited", left, "1 at most")
	}
	if s.end(last); !t.Failed() {
		probe.NoneLeft(t, "Close")
	}
}

// shortRest has connections rest for next to no time.
func shortRest(t *testing.T) {
	s := open(t, 1, time.Nanosecond)
	s.put(s.get(1, 1, "of a new pool"), false)
	time.Sleep(time.Millisecond)
	s.openNow(3, 0, "a millisecond after Put, where idle is 1ns")
	s.end()
}

// longUse has a connection taken for most of idle between two rests: the second one
// lasts as long as the first might have.
func longUse(t *testing.T) {
	s := open(t, 1, time.Minute)
	s.put(s.get(1, 1, "of a new pool"), false)
	c := s.get(1, 1, "right after Put")
	time.Sleep(40 * time.Second)
	s.put(c, false)
	time.Sleep(59 * time.Second)
	s.openNow(3, 1, "59s after its last Put, where idle is 1m0s")
	time.Sleep(2 * time.Second)
	s.openNow(3, 0, "61s after its last Put, where idle is 1m0s")
	s.end()
}

// noneKept gives a sound connection back, with one in line, to a pool that keeps none:
// that one gets it, or its place.
func noneKept(t *testing.T) {
	s := open(t, 1, 0)
	first := s.get(1, 1, "of a new pool")
	waiting := s.line(1)[0]
	s.put(first, false)
	if got := waiting.gave(); !t.Failed() && got != nth(1) && got != nth(2) {
		probe.Fail(t, 1, "Get of the only one in line, after Put of the only connection, where idle is 0", got, "a connection")
	}
	s.end(waiting)
}

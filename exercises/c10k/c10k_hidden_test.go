//go:build hidden

package c10k_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, to the letter.
var _ func(context.Context, net.Listener, time.Duration, func(string) string) error = c10k.Serve

func TestLines(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, size := range []int{3, 60, 10_000} { // bytes of the longest piece
		probe.Bubble(t, func(t *testing.T) {
			s := serve(t, newListener(), time.Hour, echo)
			var talks sync.WaitGroup
			for range 12 {
				c, want := s.dial(t), make([]string, 1+r.IntN(12))
				for i := range want {
					want[i] = sentence(r)
				}
				talks.Go(c.talk(t, want, probe.Shred(r, strings.Join(want, "\n")+"\n", size)))
			}
			talks.Wait()
			s.over(t)
		})
		if t.Failed() {
			return
		}
	}
	oneByOne(t)
	probe.Bubble(t, asItIs)
	probe.Bubble(t, endsWithLine)
	probe.Bubble(t, nilHandle)
}

func TestAtOnce(t *testing.T) {
	probe.Check(t)
	const n = 200
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		s := serve(t, newListener(), time.Hour, func(line string) string {
			gate.Pass()
			return echo(line)
		})
		for range 50 {
			s.dial(t) // and says nothing
		}
		clients := make([]*client, n)
		for i := range clients {
			clients[i] = s.dial(t)
			go clients[i].say(fmt.Sprintf("%d\n", i))
		}
		inside := gate.Inside()
		gate.Open()
		if !probe.Equal(t, 1, fmt.Sprintf("calls of handle at the same time for %d connections", n), inside, n) {
			t.FailNow()
		}
		for i, c := range clients {
			probe.Equal(t, 1, "reply on one of many connections", c.reply(), fmt.Sprintf("<%d>\n", i))
		}
		s.over(t)
	})
}

func TestIdle(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	idle := 10*time.Second + time.Duration(r.IntN(10_000))*time.Millisecond
	for _, f := range []func(*testing.T, *service, time.Duration){silent, parts, alive, slow, untaken, hangsUp} {
		probe.Bubble(t, func(t *testing.T) {
			s := serve(t, newListener(), idle, slowly(3*idle+idle/3))
			f(t, s, idle)
			s.over(t)
		})
		if t.Failed() {
			return
		}
	}
}

// What is wrong with one connection is no concern of the others.
func TestBadClients(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	long := strings.Repeat("x", longest+100+r.IntN(60_000))
	for _, bad := range []struct {
		what, says string
		within     time.Duration
	}{
		{"with a line that is too long", long + "\nhello\n", 0},
		{"with a line that is too long, after a good one", "hello\n" + long + "\nhello\n", 0},
		{"with a line that is one byte too long", strings.Repeat("x", longest+1) + "\nhello\n", 0},
		{"with a line that is too long and has no end", long, time.Minute},
		{"whose handle panics", "panic\n", 0},
		{"whose handle panics, with a line behind it", "panic\nleft\n", 0},
		{"whose handle panics with a runtime error", "index\n", 0},
	} {
		probe.Bubble(t, func(t *testing.T) { badClient(t, bad.what, bad.says, bad.within) })
		if t.Failed() {
			return
		}
	}
}

func TestAccept(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, d := range []time.Duration{3 * time.Second, 40 * time.Minute} {
		if !t.Failed() {
			probe.Bubble(t, func(t *testing.T) { passing(t, d+time.Duration(r.IntN(1e9))) })
		}
	}
	if !t.Failed() {
		probe.Bubble(t, func(t *testing.T) { lasting(t, 10*time.Second+time.Duration(r.IntN(1e9))) })
	}
	if !t.Failed() { // not closed by Serve
		probe.Bubble(t, func(t *testing.T) { failing(t, net.ErrClosed, false) })
	}
	for _, err := range []error{errForGood, errPlain} {
		for _, meanwhile := range []bool{false, true} {
			if !t.Failed() {
				probe.Bubble(t, func(t *testing.T) { failing(t, err, meanwhile) })
			}
		}
	}
}

// ctx ends while connections are idle, within a line, in handle, and waiting
// for their reply to be taken.
func TestShutdown(t *testing.T) {
	probe.Check(t)
	for _, cause := range []error{nil, errors.New("the caller's reason")} {
		probe.Bubble(t, func(t *testing.T) { shutDown(t, cause) })
		if t.Failed() {
			return
		}
	}
	for _, f := range []func(*testing.T){shutDownUntaken, outOfTime, oneOfTwo, nobodyFollows} {
		if probe.Bubble(t, f); t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		l := newListener()
		var err error
		took := probe.Elapsed(func() { err = c10k.Serve(ctx, l, time.Minute, echo) })
		probe.Equal(t, 3, "error of Serve with ctx done before", probe.ErrorName(err), "nil")
		probe.Equal(t, 3, "time of Serve with ctx done before", took, 0)
		probe.Equal(t, 3, "the listener is closed after Serve with ctx done before", l.isClosed(), true)
	})
}

// A new connection, its line and the end of ctx meet in every order.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	explore.Run(t, leaving, explore.Schedules(300))
	if !t.Failed() {
		explore.Run(t, speaking, explore.Schedules(900))
	}
}

// Ten thousand connections speak, are idle, and speak again, all at the same time.
func TestTenThousand(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		clients := make([]*client, many)
		for i := range clients {
			clients[i] = newClient(nil)
		}
		heapBefore, allBefore := inUse()
		gate := probe.NewGate()
		s := serve(t, newListener(), time.Hour, func(line string) string {
			if line == "again" {
				gate.Pass()
			}
			return echo(line)
		})
		for _, c := range clients {
			s.accept(t, c)
			c.greets(t)
		}
		heap, all := inUse()
		heap, all = (heap-heapBefore)/many, (all-allBefore)/many
		t.Logf("%d idle connections cost %d bytes each, %d of them on the heap", many, all, heap)
		switch what, want := fmt.Sprintf("bytes an idle connection costs, of %d", many), fmt.Sprintf("less than %d", limit); {
		case heap >= limit:
			probe.Fail(t, 4, what+", stacks of goroutines not counted", heap, want)
		case all >= 2*limit: // twice, since how large stacks are is the runtime's affair
			probe.Fail(t, 4, what, all, want)
		}
		for _, c := range clients {
			go c.say("again\n")
		}
		probe.Equal(t, 1, fmt.Sprintf("calls of handle at the same time for %d connections", many), gate.Inside(), many)
		gate.Open()
		for _, c := range clients {
			if !probe.Equal(t, 1, fmt.Sprintf("reply on one of %d connections", many), c.reply(), "<again>\n") {
				break
			}
		}
		s.all = clients
		s.over(t)
	})
}

//go:build hidden

package c10k_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/probe"
)

// slowly is echo, but takes a while for lines that say so, and has a long reply to one.
func slowly(d time.Duration) func(string) string {
	return func(line string) string {
		switch {
		case strings.HasPrefix(line, "slow"):
			time.Sleep(d)
		case line == "book":
			return strings.Repeat("page ", 1<<18) // longer than any reply one might think of
		}
		return echo(line)
	}
}

func silent(t *testing.T, s *service, idle time.Duration) {
	c := s.dial(t)
	probe.Equal(t, 2, "time from accept until a connection that says nothing is closed", c.closedAfter(), idle)
	c = s.dial(t)
	time.Sleep(idle * 3 / 5)
	probe.Equal(t, 1, "reply to a line that comes before idle has passed", c.asks("hello"), "<hello>\n")
	probe.Equal(t, 2, "time from the last reply until a connection that says nothing more is closed", c.closedAfter(), idle)
}

// parts says a line bit by bit, which is no sign of life.
func parts(t *testing.T, s *service, idle time.Duration) {
	for i, first := range []string{"", "hello\n", "", "hello\n"} {
		part := strings.Repeat("x", []int{1, 1, 1000, 1000}[i]) // all of them still are no line that is too long
		c := s.dial(t)
		var talk sync.WaitGroup
		talk.Go(func() {
			c.say(first)
			for n := 0; n < 20 && (n+1)*len(part) <= longest && !c.isClosed(); n++ {
				c.say(part)
				time.Sleep(idle * 3 / 10)
			}
		})
		if first != "" {
			probe.Equal(t, 1, "reply to a line with part of the next behind it", c.reply(), "<hello>\n")
		}
		probe.Equal(t, 2, "time until a connection with nothing but parts of a line is closed", c.closedAfter(), idle)
		talk.Wait()
	}
}

func alive(t *testing.T, s *service, idle time.Duration) {
	c := s.dial(t)
	for range 5 {
		time.Sleep(idle * 4 / 5)
		if !probe.Equal(t, 2, "reply to one of many lines that all come before idle has passed", c.asks("hello"), "<hello>\n") {
			return
		}
	}
	probe.Equal(t, 2, "time from the last of many replies until the connection is closed", c.closedAfter(), idle)
}

// slow keeps handle busy for longer than idle.
func slow(t *testing.T, s *service, idle time.Duration) {
	c := s.dial(t)
	probe.Equal(t, 2, "reply of a handle that takes longer than idle", c.asks("slow"), "<slow>\n")
	time.Sleep(idle * 4 / 5)
	probe.Equal(t, 2, "reply to a line that comes before idle has passed since the reply of a slow handle", c.asks("hello"), "<hello>\n")
	c = s.dial(t)
	go c.say("slow\nfast\nhal")
	probe.Equal(t, 2, "reply of a handle that takes longer than idle", c.reply(), "<slow>\n")
	probe.Equal(t, 2, "reply to a line that came while handle was busy", c.reply(), "<fast>\n")
	time.Sleep(idle * 4 / 5)
	probe.Equal(t, 2, "reply to a line whose second half comes before idle has passed since the last reply", c.asks("f"), "<half>\n")
	probe.Equal(t, 2, "time from the last reply until the connection is closed", c.closedAfter(), idle)
}

// untaken is a client that never reads.
func untaken(t *testing.T, s *service, idle time.Duration) {
	c := s.dial(t)
	c.say("hello\n")
	probe.Equal(t, 2, "time until a connection that takes no reply is closed", c.closedAfter(), idle)
	c = s.dial(t)
	c.say("book\n")
	probe.Equal(t, 2, "time until a connection that takes nothing of a reply of 1280 KiB is closed", c.closedAfter(), idle)
	c = s.dial(t)
	c.say("slow\n")
	probe.Equal(t, 2, "time from handle's return until a connection that takes no reply is closed", c.closedAfter()-(3*idle+idle/3), idle)
}

func badClient(t *testing.T, what, says string, within time.Duration) {
	var wrong probe.Gauge // calls of handle with something that is no line
	s := serve(t, newListener(), time.Minute, func(line string) string {
		switch line {
		case "panic":
			panic("handle's panic")
		case "index":
			return strings.Split(line, " ")[len(line)]
		case "hello":
		default:
			wrong.Enter()
		}
		return echo(line)
	})
	good, bad := s.dial(t), s.dial(t)
	probe.Equal(t, 1, "reply to a line", good.asks("hello"), "<hello>\n")
	go bad.say(says)
	go bad.WriteTo(discard{}) // takes whatever comes
	time.Sleep(within / 2)
	probe.Equal(t, 2, "reply on another connection beside one "+what, good.asks("hello"), "<hello>\n")
	if took := within/2 + bad.closedAfter(); took > within {
		probe.Fail(t, 2, "time until a connection "+what+" is closed", took, within)
	}
	probe.Equal(t, 2, "calls of handle with a line that is too long, or with part of it", wrong.Total(), 0)
	probe.Equal(t, 2, "reply on another connection after one "+what, good.asks("hello"), "<hello>\n")
	probe.Equal(t, 2, "reply on a new connection after one "+what, s.dial(t).asks("hello"), "<hello>\n")
	s.over(t)
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func shutDown(t *testing.T, cause error) {
	const idle, work = 4 * time.Second, 9 * time.Second
	s := serve(t, newListener(), idle, slowly(work))
	late, busy, more := s.dial(t), s.dial(t), s.dial(t)
	go busy.say("slow\n")
	go more.say("slow\nleft\n")
	time.Sleep(time.Second)
	silent, within, behind := s.dial(t), s.dial(t), s.dial(t)
	within.say("hel")
	go behind.say("hello\nhel")
	probe.Equal(t, 1, "reply to a line with part of the next behind it", behind.reply(), "<hello>\n")
	late.say("hello\n") // and takes the reply in 3 s
	synctest.Wait()
	time.Sleep(time.Second)
	s.stop(cause)
	synctest.Wait()
	probe.Equal(t, 3, "the listener is closed at once when ctx is done", s.isClosed(), true)
	probe.Equal(t, 3, "an idle connection is closed at once when ctx is done", silent.isClosed(), true)
	probe.Equal(t, 3, "a connection within a line is closed at once when ctx is done", within.isClosed(), true)
	probe.Equal(t, 3, "a connection that has sent a line and part of the next is closed at once when ctx is done", behind.isClosed(), true)
	time.Sleep(2 * time.Second)
	probe.Equal(t, 3, "a reply that was on its way when ctx ended", late.reply(), "<hello>\n")
	probe.Equal(t, 3, "a reply whose handle was running when ctx ended", busy.reply(), "<slow>\n")
	probe.Equal(t, 3, "a reply whose handle was running when ctx ended, with a line behind it", more.reply(), "<slow>\n")
	go more.WriteTo(discard{}) // takes the next one too, if it comes
	var err error
	took := probe.Elapsed(func() { err = s.ends(t, "ctx is done") })
	probe.Equal(t, 3, "error of Serve after ctx is done", probe.ErrorName(err), "nil")
	probe.Equal(t, 3, "time from the last reply until Serve returns", took, 0)
	s.swept(t, "ctx is done")
}

// shutDownUntaken has ctx end while handle works for a client that never reads.
func shutDownUntaken(t *testing.T) {
	const idle, work = 4 * time.Second, 9 * time.Second
	s := serve(t, newListener(), idle, slowly(work))
	s.dial(t).say("slow\n")
	time.Sleep(time.Second)
	s.stop(nil)
	var err error
	took := probe.Elapsed(func() { err = s.ends(t, "ctx is done, with a client that never reads its last reply") }) - (work - time.Second)
	probe.Equal(t, 3, "error of Serve after ctx is done, with a client that takes no reply", probe.ErrorName(err), "nil")
	probe.Equal(t, 2, "time from handle's return until Serve returns after ctx is done, with a client that takes no reply", took, idle)
	s.swept(t, "ctx is done")
}

// hangsUp has clients leave, one of them within a line.
func hangsUp(t *testing.T, s *service, idle time.Duration) {
	for _, last := range []string{"", "hal"} {
		c := s.dial(t)
		probe.Equal(t, 1, "reply to a line", c.asks("hello"), "<hello>\n")
		c.say(last)
		c.Close()
		if took := c.closedAfter(); took > idle {
			probe.Fail(t, 2, "time until a connection whose client has hung up is closed", took, idle)
		}
	}
}

// outOfTime has ctx end by its deadline.
func outOfTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var err error
	took := probe.Elapsed(func() { err = c10k.Serve(ctx, newListener(), time.Hour, echo) })
	probe.Equal(t, 3, "error of Serve with a ctx that ends by its deadline", probe.ErrorName(err), "nil")
	probe.Equal(t, 3, "time of Serve with a ctx that ends by its deadline", took, time.Minute)
}

// oneOfTwo has one of two servers end.
func oneOfTwo(t *testing.T) {
	a, b := serve(t, newListener(), time.Hour, echo), serve(t, newListener(), time.Hour, echo)
	a.dial(t)
	c := b.dial(t)
	probe.Equal(t, 1, "reply to a line", c.asks("hello"), "<hello>\n")
	synctest.Wait() // b waits for the next line, with its deadline set
	a.stop(nil)
	probe.Equal(t, 3, "error of Serve beside another one", probe.ErrorName(a.ends(t, "ctx is done")), "nil")
	synctest.Wait() // whatever that end does to the other server has been done
	probe.Equal(t, 3, "reply on a connection of a Serve whose ctx goes on, when another Serve has ended", c.asks("hello"), "<hello>\n")
	b.over(t)
	a.swept(t, "ctx is done")
}

// nobodyFollows has a listener fail and a context that package context does not know: a
// goroutine follows it for whoever wants to hear of its end and does not let go of it.
// Bubble finds it.
func nobodyFollows(t *testing.T) {
	l, done := newListener(), make(chan struct{})
	go func() {
		defer close(done)
		_ = c10k.Serve(probe.Foreign(t.Context()), l, time.Hour, echo)
	}()
	l.arrive(arrival{err: errPlain}, done, nil)
	<-done
}

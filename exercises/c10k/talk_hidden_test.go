//go:build hidden

package c10k_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/c10k"
	"gorutinas/exercises/internal/probe"
)

const longest = 4096 // bytes of a line

// sentence is a line of random bytes, "\n" excepted.
func sentence(r *rand.Rand) string {
	n := r.IntN(40)
	switch r.IntN(12) {
	case 0:
		n = longest
	case 1:
		n = longest - r.IntN(20)
	case 2:
		n = 0
	}
	b := make([]byte, n)
	for i := range b {
		if b[i] = byte(r.IntN(256)); b[i] == '\n' {
			b[i] = '\r'
		}
	}
	if n > 0 && r.IntN(3) == 0 {
		b[n-1] = '\r'
	}
	return string(b)
}

func echo(line string) string { return "<" + line + ">" }

// talk says pieces, which are lines, and compares the replies.
func (c *client) talk(t *testing.T, lines, pieces []string) func() {
	return func() {
		go c.say(pieces...)
		for i, line := range lines {
			if got, want := c.reply(), echo(line)+"\n"; got != want {
				probe.Fail(t, 1, fmt.Sprintf("reply to line %d of %d, which is %s", i+1, len(lines), short(line)), short(got), short(want))
				return
			}
		}
	}
}

func short(s string) string {
	if len(s) > 60 {
		return fmt.Sprintf("%q... (%d bytes)", s[:50], len(s))
	}
	return fmt.Sprintf("%q", s)
}

// Lines that come together are handled one by one, and long replies arrive.
func oneByOne(t *testing.T) {
	t.Helper()
	const size = 100 << 10 // of a reply
	probe.Bubble(t, func(t *testing.T) {
		var inside probe.Gauge
		s := serve(t, newListener(), time.Hour, func(line string) string {
			inside.Enter()
			defer inside.Leave()
			time.Sleep(time.Second)
			return strings.Repeat(line, size)
		})
		c, start := s.dial(t), time.Now()
		go c.say("a\nb\nc\n")
		for _, line := range []string{"a", "b", "c"} {
			if got, want := c.reply(), strings.Repeat(line, size)+"\n"; got != want {
				probe.Fail(t, 1, fmt.Sprintf("reply of %d bytes to %q", size, line), short(got), short(want))
			}
		}
		if took := time.Since(start); took > time.Minute {
			probe.Fail(t, 1, "time until three lines that come together are answered by a handle that takes 1s", took, "3s")
		}
		probe.Equal(t, 1, "calls of handle at the same time for one connection", inside.Peak(), 1)
		s.over(t)
	})
}

// asItIs has a reply without anything in it, and one with a "\n" of its own.
func asItIs(t *testing.T) {
	replies := map[string]string{"nothing": "", "two lines": "one\n"}
	s := serve(t, newListener(), time.Hour, func(line string) string { return replies[line] })
	c := s.dial(t)
	probe.Equal(t, 1, `what comes when handle gives ""`, fmt.Sprintf("%q", c.asks("nothing")), `"\n"`)
	probe.Equal(t, 1, `what comes when handle gives "one\n"`, fmt.Sprintf("%q", c.asks("two lines")+c.reply()), `"one\n\n"`)
	s.over(t)
}

// endsWithLine has the Read that gives the end of a line give io.EOF too, as a Reader
// may.
func endsWithLine(t *testing.T) {
	s := serve(t, newListener(), time.Hour, echo)
	c := newClient(nil)
	c.server.last = true
	s.accept(t, c)
	s.all = append(s.all, c)
	probe.Equal(t, 1, "reply to a line whose end comes from the Read that gives io.EOF, too", fmt.Sprintf("%q", c.asks("hello")), `"<hello>\n"`)
	s.over(t)
}

// nilHandle has nothing to answer with. Its ctx is done, or a Serve that does not
// panic would go on.
func nilHandle(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if probe.Recovered(func() { _ = c10k.Serve(ctx, newListener(), time.Minute, nil) }) == nil {
		probe.Failf(t, 1, "Serve(ctx, l, idle, nil) has no function to call and does not panic, as it must whether ctx is done or not")
	}
}

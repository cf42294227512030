//go:build hidden

package rawget_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/rawget"
)

// The API, in this file's own words.
var (
	_ func(context.Context, rawget.Dial, string) (*rawget.Response, error) = rawget.Get
	_ rawget.Dial                                                          = func(context.Context, string, string) (net.Conn, error) { return nil, nil }
	_                                                                      = rawget.Response{Status: int(0), Header: textproto.MIMEHeader(nil), Body: []byte(nil)}
)

func TestRequest(t *testing.T) {
	probe.Check(t)
	n := probe.Rand(t).IntN(1000)
	for _, c := range []struct{ url, address, host, target string }{
		{fmt.Sprintf("http://bla.test/page/%d", n), "bla.test:80", "bla.test", fmt.Sprintf("/page/%d", n)},
		{"http://bla.test", "bla.test:80", "bla.test", "/"},
		{"http://Bla.test:8080/", "Bla.test:8080", "Bla.test:8080", "/"},
		{"http://bla.test?q=1&r=%26+x", "bla.test:80", "bla.test", "/?q=1&r=%26+x"},
		{"http://bla.test/a%2Fb%20c/d?e=/f?g#h", "bla.test:80", "bla.test", "/a%2Fb%20c/d?e=/f?g"},
		{"http://bla.test/a/../b//c#d?e", "bla.test:80", "bla.test", "/a/../b//c"},
		{"http://ana:secret@bla.test:81/x", "bla.test:81", "bla.test:81", "/x"},
		{"http://ana@bla.test/~ana@work?to=bob@bla.test", "bla.test:80", "bla.test", "/~ana@work?to=bob@bla.test"},
		{"http://bla.test?next=/a", "bla.test:80", "bla.test", "/?next=/a"},
		{"http://bla.test:80/x", "bla.test:80", "bla.test:80", "/x"},
		{"http://127.0.0.1/x", "127.0.0.1:80", "127.0.0.1", "/x"},
		{"http://[::1]/x", "[::1]:80", "[::1]", "/x"},
		{"http://[::1]:8080/x", "[::1]:8080", "[::1]:8080", "/x"},
	} {
		probe.Bubble(t, func(t *testing.T) { requested(t, c.url, c.address, c.host, c.target) })
		if t.Failed() {
			return
		}
	}
	refused(t)
}

func TestReply(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, longest := range []int{1, 7, 100, 5000, 100_000} { // bytes of a piece
		for k, size := range []int{20_000, 20_000, 20_000, 1} { // bytes of a body, less than that
			p := written(r, min(200*longest, size))
			n := &network{server: server{pieces: probe.Shred(r, p.text, longest), joined: k%2 == 0}}
			probe.Bubble(t, func(t *testing.T) {
				call := fmt.Sprintf("Get of a reply of %d bytes in pieces of up to %d", len(p.text), longest)
				response, err := n.get(t.Context(), t, call, "http://bla.test/")
				if what, got, want := p.wrong(response, err); what != "" {
					probe.Fail(t, 2, what+" of "+call, got, want)
				}
			})
			if t.Failed() {
				return
			}
		}
	}
	probe.Bubble(t, longReply)
	probe.Bubble(t, emptyReads)
	probe.Bubble(t, keptReplies)
}

func TestBadReplies(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	good := "HTTP/1.0 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"
	for _, c := range []struct{ text, want string }{
		{good, "nil"},
		{good[:len(good)-1-r.IntN(9)], "io.ErrUnexpectedEOF"},
		{good[:len(good)-10], "io.ErrUnexpectedEOF"},
		{"HTTP/1.1 200 OK\r\nContent-Length:10\r\n\r\nhello", "an error"}, // no space, which HTTP allows
		{"HTTP/1.0 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 1000000000000\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: -5\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: five\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 5five\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 4294967301\r\n\r\nhello", "an error"}, // 2^32 + 5
		{"HTTP/1.0 200 OK\r\nContent-Length: 0x5\r\n\r\nhello", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 1_0\r\n\r\n0123456789", "an error"},
		{"HTTP/1.0 200 OK\r\nContent-Length: 012\r\n\r\n0123456789", "an error"},
		{"", "an error"},
		{"\r\n\r\n", "an error"},
		{"HTTP/1.0 200 OK", "an error"},
		{"HTTP/1.0 200 OK\r\nX-Tag: 1\r\n", "an error"},
		{"HTTP/1.0 200 OK\r\nX-T", "an error"},
		{"HTTP/1.0\r\n\r\nhello", "an error"},
		{"HTTP/1.0 fine OK\r\n\r\nhello", "an error"},
		{"HTTP/1.0 -200 OK\r\n\r\nhello", "an error"},
		{"HTTP/1.0 99999999999999999999999 OK\r\n\r\nhello", "an error"},
		{"SSH-2.0-OpenSSH_9.6\r\n\r\n", "an error"},
		{"220 mail.test ESMTP\r\n\r\n", "an error"},
		{"hello\r\n\r\n", "an error"},
		{"hello 200 OK\r\n\r\n", "an error"},
		{"FTP/1.0 200 OK\r\n\r\nhello", "an error"},
	} {
		badReply(t, fmt.Sprintf("Get of the reply %q", c.text), says(c.text), c.want)
	}
	for _, text := range []string{"HTTP/1.0 200", "HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nhello", good[:len(good)-3]} {
		for _, end := range []error{errReset, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed, os.ErrDeadlineExceeded} {
			s := says(text)
			s.end, s.joined = end, r.IntN(2) == 0
			badReply(t, fmt.Sprintf("Get of the reply %q that the read error %q breaks off", text, end), s, "an error")
		}
	}
}

// Whatever becomes of the reply, the connection is closed.
func TestClosed(t *testing.T) {
	probe.Check(t)
	reset := says("HTTP/1.0 200 OK\r\n\r\nhello")
	reset.end = errReset
	for _, c := range []struct {
		call string
		server
		fails bool
	}{
		{"a Get that succeeds", says("HTTP/1.0 200 OK\r\n\r\nhello"), false},
		{"a Get of a 404", says("HTTP/1.0 404 Not Found\r\nContent-Length: 2\r\n\r\nno"), false},
		{"a Get whose connection ends at once", server{gone: true}, true},
		{"a Get of an empty reply", server{}, true},
		{"a Get of a bad status line", says("HTTP/1.0 fine\r\n\r\n"), true},
		{"a Get of half a header", says("HTTP/1.0 200 OK\r\nX-Tag"), true},
		{"a Get of a bad Content-Length", says("HTTP/1.0 200 OK\r\nContent-Length: x\r\n\r\n"), true},
		{"a Get of a body that is too short", says("HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nhello"), true},
		{"a Get that a read error breaks off", reset, true},
	} {
		probe.Bubble(t, func(t *testing.T) {
			c.close = time.Second // which Get waits for
			n := &network{server: c.server}
			_, err := n.get(probe.Foreign(t.Context()), t, c.call, "http://bla.test/")
			probe.NoneLeft(t, c.call)
			probe.Equal(t, 3, "number of connections of "+c.call, len(n.conns), 1)
			if failed := err != nil; failed != c.fails {
				want := map[bool]string{false: "nil", true: "an error"}[c.fails]
				probe.Fail(t, 2, "error of "+c.call, kind(err), want)
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	const half = "HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nhal"
	silent := func(text string) *network {
		s := says(text)
		s.silent = true
		return &network{server: s}
	}
	for _, c := range []struct {
		where string
		*network
		after time.Duration
	}{
		{"while the dial hangs", &network{wait: forever}, time.Second},
		{"while a write hangs", &network{server: server{deaf: true}}, time.Second},
		{"while the server says nothing", silent(""), time.Second},
		{"within the header", silent(half[:20]), time.Second},
		{"within the body", silent(half), time.Second},
		{"before Get is called", silent(half), 0},
	} {
		after := c.after + time.Duration(r.IntN(1000))*c.after/1000
		probe.Bubble(t, func(t *testing.T) {
			interrupted(cancelledAfter(t, after), t, c.network, after, "a Get whose ctx is cancelled "+c.where)
		})
		if t.Failed() { // connections of a bubble that is stuck cannot be closed from another one
			return
		}
		probe.Bubble(t, func(t *testing.T) {
			interrupted(expiring(t, after), t, c.network, after, "a Get whose ctx's deadline comes "+c.where)
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, besideAnother)
}

// interrupted calls Get with ctx, which ends after a while.
func interrupted(ctx context.Context, t *testing.T, n *network, after time.Duration, call string) {
	var err error
	took := probe.Elapsed(func() { _, err = rawget.Get(ctx, n.dial, "http://bla.test/") })
	probe.Equal(t, 3, "time of "+call, took, after)
	if got := ended(ctx, err); got != "ctx's error" {
		probe.Fail(t, 3, "error of "+call, got, probe.CtxError(ctx))
	}
	synctest.Wait()
	probe.Equal(t, 3, "connections left open by "+call, n.open(), 0)
}

// A dial that knows nothing of its ctx is not waited for; the connection that
// still comes is closed.
func TestDeafDial(t *testing.T) {
	probe.Check(t)
	for _, late := range []error{nil, errRefused} {
		probe.Bubble(t, func(t *testing.T) {
			n := &network{server: says("HTTP/1.0 200 OK\r\n\r\nhello"), wait: func(context.Context) error {
				time.Sleep(time.Minute)
				return late
			}}
			ctx := cancelledAfter(t, time.Second)
			var err error
			took := probe.Elapsed(func() { _, err = rawget.Get(ctx, n.dial, "http://bla.test/") })
			probe.Equal(t, 3, "error of a Get whose dial takes a minute, with ctx cancelled after 1 s", ended(ctx, err), "ctx's error")
			probe.Equal(t, 3, "time of a Get whose dial takes a minute and ignores ctx, cancelled after 1 s", took, time.Second)
			time.Sleep(2 * time.Minute)
			probe.Equal(t, 3, "connections left open that the dial gave after Get had returned", n.open(), 0)
		})
	}
}

// ctx ends at any moment: in the dial, as it ends, while the request is on its
// way, or too late.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	p := plain("hello")
	explore.Run(t, func(s *explore.S) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		n := &network{wait: func(context.Context) error { s.Yield(); return nil }}
		n.server = server{pieces: []string{p.text}, step: s.Yield}
		var response *rawget.Response
		var err error
		s.Go(func() { response, err = rawget.Get(ctx, n.dial, "http://bla.test/") })
		s.Go(cancel)
		s.Wait()
		time.Sleep(time.Second) // for a dial that is still under way
		if left := n.open(); left > 0 {
			s.Fail(3, "connections left open by a Get whose ctx is cancelled", left, 0)
		}
		if ended(ctx, err) == "ctx's error" {
			return
		}
		switch what, got, want := p.wrong(response, err); what {
		case "":
		case "error":
			s.Fail(3, "error of a Get whose ctx is cancelled at some moment", got, "ctx's error, or nil with the whole reply")
		default:
			s.Fail(3, what+" of a Get whose ctx is cancelled at some moment, and whose error is nil", got, want)
		}
	}, explore.Schedules(300))
}

// Sixteen replies come at the same moment, in small pieces.
func TestTogether(t *testing.T) {
	probe.Check(t)
	const calls = 16
	r := probe.Rand(t)
	pages, pieces := make([]page, calls), make([][]string, calls)
	for i := range calls {
		pages[i] = plain(strings.Repeat(fmt.Sprintf("page %d ", i), r.IntN(600)))
		pieces[i] = probe.Shred(r, pages[i].text, 500)
	}
	probe.Bubble(t, func(t *testing.T) {
		all := probe.NewRendezvous(calls)
		responses, errs := make([]*rawget.Response, calls), make([]error, calls)
		probe.Parallel(t, calls, func(i int) {
			n := &network{server: server{pieces: pieces[i], hold: func() { all.Meet(time.Hour) }}}
			responses[i], errs[i] = rawget.Get(t.Context(), n.dial, fmt.Sprintf("http://bla.test/%d", i))
			n.open()
		})
		for i, p := range pages {
			if what, got, want := p.wrong(responses[i], errs[i]); what != "" {
				probe.Fail(t, 2, fmt.Sprintf("%s of one of %d Gets at the same time", what, calls), got, want)
				return
			}
		}
	})
}

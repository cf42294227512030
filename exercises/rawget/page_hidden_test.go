//go:build hidden

package rawget_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/rawget"
)

func requested(t *testing.T, url, address, host, target string) {
	t.Helper()
	n := &network{server: says("HTTP/1.0 200 OK\r\n\r\nhello")}
	call := fmt.Sprintf("Get(ctx, dial, %q)", url)
	_, err := n.get(t.Context(), t, call, url)
	probe.Equal(t, 1, "error of "+call, kind(err), "nil")
	dials := n.dials.All()
	if !slices.Equal(dials, []string{"tcp " + address}) {
		probe.Fail(t, 1, "dials of "+call, dials, "[tcp "+address+"]")
		return
	}
	want := "GET " + target + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n"
	got := string(<-n.conns[0].request)
	probe.Equal(t, 1, "request of "+call, fmt.Sprintf("%q", got), fmt.Sprintf("%q", want))
}

// refused asks for what cannot be got.
func refused(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		for _, url := range []string{"https://bla.test/", "ftp://bla.test/", "bla.test/", "//bla.test/", "http://bla.test/%zz", "http://[::1/"} {
			n := &network{server: says("HTTP/1.0 200 OK\r\n\r\nhello")}
			call := fmt.Sprintf("Get(ctx, dial, %q)", url)
			_, err := n.get(t.Context(), t, call, url)
			if err == nil {
				probe.Fail(t, 1, "error of "+call, "nil", "an error")
			}
			probe.Equal(t, 1, "number of dials of "+call, n.dials.Len(), 0)
		}
		for _, refusal := range []error{errRefused, context.DeadlineExceeded} { // while ctx goes on
			n := &network{wait: func(context.Context) error { return refusal }}
			_, err := n.get(probe.Foreign(t.Context()), t, "Get", "http://bla.test/")
			probe.NoneLeft(t, "Get when the dial fails")
			if err == nil {
				probe.Fail(t, 1, fmt.Sprintf("error of Get when the dial fails with %q", refusal), "nil", "an error")
			}
		}
	})
	if probe.Recovered(func() { rawget.Get(t.Context(), nil, "http://bla.test/") }) == nil {
		probe.Failf(t, 1, "Get(ctx, nil, url) has no function to dial with and does not panic")
	}
}

func badReply(t *testing.T, call string, s server, want string) {
	t.Helper()
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		_, err := (&network{server: s}).get(t.Context(), t, call, "http://bla.test/")
		got := kind(err)
		if want == "an error" && got != "nil" {
			got = want
		}
		probe.Equal(t, 2, "error of "+call, got, want)
	})
}

// page is a reply and what it says.
type page struct {
	status     int
	tags       []string // values of X-Tag
	date       string   // value of Date
	body, text string
}

// written is a random page: the header's lines may be long, the body may have
// empty lines in it, and Content-Length may be missing, but for an empty body.
func written(r *rand.Rand, longest int) page {
	const alphabet = "ab\r\n\r\n\x00\xff: "
	p := page{status: []int{200, 201, 301, 404, 500}[r.IntN(5)], date: "Sun, 06 Nov 1994 08:49:37 GMT"}
	var body []byte
	for range r.IntN(longest) {
		body = append(body, alphabet[r.IntN(len(alphabet))])
	}
	p.body = string(body)
	lines := []string{"content-type: text/plain", "Date: " + p.date}
	for range 1 + r.IntN(3) {
		tag := strings.Repeat("x", r.IntN(min(longest, 6000))) + "y"
		p.tags = append(p.tags, tag)
		lines = append(lines, "X-Tag: "+tag)
	}
	if len(body) == 0 || r.IntN(2) == 0 {
		lines = append(lines, fmt.Sprintf("CONTENT-LENGTH: %d", len(body)))
	}
	version := []string{"1.0", "1.1"}[r.IntN(2)]
	p.text = fmt.Sprintf("HTTP/%s %d Some Reason\r\n%s\r\n\r\n%s", version, p.status, strings.Join(lines, "\r\n"), body)
	return p
}

// plain is a page that whoever reads the easiest of replies can read. What is hard to
// read is the concern of TestReply.
func plain(body string) page {
	return page{status: 200, tags: []string{"y"}, body: body, text: "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nX-Tag: y\r\n\r\n" + body}
}

// wrong says how response differs from p, or nothing.
func (p page) wrong(response *rawget.Response, err error) (what string, got, want any) {
	switch {
	case err != nil:
		return "error", kind(err), "nil"
	case response == nil:
		return "response", "nil", "one, since the error is nil"
	case response.Status != p.status:
		return "Status", response.Status, p.status
	case !slices.Equal(response.Header.Values("X-Tag"), p.tags):
		return "number of bytes in the values of X-Tag", lengths(response.Header.Values("X-Tag")), lengths(p.tags)
	case response.Header.Get("Content-Type") != "text/plain":
		return fmt.Sprintf("Content-Type (the server wrote %q)", strings.Split(p.text, "\r\n")[1]), response.Header.Get("Content-Type"), "text/plain"
	case response.Header.Get("Date") != p.date:
		return "Date", fmt.Sprintf("%q", response.Header.Get("Date")), fmt.Sprintf("%q", p.date)
	case len(response.Body) != len(p.body):
		return "number of bytes in Body", len(response.Body), len(p.body)
	case string(response.Body) != p.body:
		return "Body", fmt.Sprintf("%q", response.Body), fmt.Sprintf("%q", p.body)
	}
	return "", nil, nil
}

func lengths(list []string) (n []int) {
	for _, s := range list {
		n = append(n, len(s))
	}
	return n
}

// longReply is longer than any bound one might set, and begins after a day; before
// it the dial and the first write take an hour.
func longReply(t *testing.T) {
	p := plain(strings.Repeat("page ", 210_000))
	s := says(p.text)
	s.hold = func() { time.Sleep(24 * time.Hour) }
	var steps probe.Gauge
	s.step = func() {
		if steps.Next() == 1 {
			time.Sleep(time.Hour)
		}
	}
	dial := func(ctx context.Context) error {
		select {
		case <-time.After(time.Hour):
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	call := fmt.Sprintf("Get of a reply of %d bytes that begins after a day", len(p.text))
	response, err := (&network{server: s, wait: dial}).get(t.Context(), t, call, "http://bla.test/")
	if what, got, want := p.wrong(response, err); what != "" {
		probe.Fail(t, 2, what+" of "+call, got, want)
	}
}

// emptyReads has reads that give 0 bytes and no error: nothing has come, and the
// connection has not ended.
func emptyReads(t *testing.T) {
	p := plain("hello")
	var s server
	for _, piece := range probe.Shred(probe.Rand(t), p.text, 30) {
		s.pieces = append(s.pieces, "", piece)
	}
	const call = "Get of a reply where some reads give 0 bytes and no error, which is no end"
	response, err := (&network{server: s}).get(t.Context(), t, call, "http://bla.test/")
	if what, got, want := p.wrong(response, err); what != "" {
		probe.Fail(t, 2, what+" of "+call, got, want)
	}
}

// keptReplies looks at replies when others have been read after them.
func keptReplies(t *testing.T) {
	const many = 20
	var pages [many]page
	var responses [many]*rawget.Response
	var errs [many]error
	call := fmt.Sprintf("one of %d Gets in turn", many)
	for i := range many {
		pages[i] = plain(fmt.Sprint("page ", many+i))
		responses[i], errs[i] = (&network{server: says(pages[i].text)}).get(t.Context(), t, call, "http://bla.test/")
	}
	for i, p := range pages {
		if what, got, want := p.wrong(responses[i], errs[i]); what != "" {
			probe.Fail(t, 2, what+" of "+call+", when the last has returned", got, want)
			return
		}
	}
}

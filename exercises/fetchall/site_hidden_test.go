//go:build hidden

package fetchall_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorutinas/exercises/internal/probe"
)

var (
	errRefused = errors.New("connection refused")
	errReason  = errors.New("the caller's reason")
)

// site is a web site without a network. The first part of a path says what
// becomes of it: /404/x has that status, /302/x leads elsewhere, /204/x has nothing
// to read, /refused/x cannot be reached, /late/x not in time, the server of /eof/x
// hangs up, the body of /broken/x breaks off. In the body of /203/x a Read has nothing
// for once, which is not its end.
type site struct {
	reply, body func(ctx context.Context, path string) error // wait before the reply, and before the body; may be nil

	flight probe.Gauge       // GETs whose body has not been read to its end
	gets   probe.Log[string] // method and path of each request
	opened probe.Log[string] // paths of the bodies that were handed out,
	ended  probe.Log[string] // of those that were read to their end,
	closed probe.Log[string] // and of those that were closed
}

func (s *site) client() *http.Client { return &http.Client{Transport: s} }

// RoundTrip implements [http.RoundTripper].
func (s *site) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == "" {
		return nil, errRefused // as [http.Transport] does
	}
	s.flight.Enter()
	ctx, path := r.Context(), r.URL.Path
	s.gets.Add(r.Method + " " + path)
	if err := wait(ctx, s.reply, path); err != nil {
		s.flight.Leave()
		return nil, err
	}
	kind, _, _ := strings.Cut(path[1:], "/")
	switch kind {
	case "refused":
		s.flight.Leave()
		return nil, errRefused
	case "late": // as where the transport has a time limit of its own
		s.flight.Leave()
		return nil, context.DeadlineExceeded
	case "eof": // as where the connection was an idle one
		s.flight.Leave()
		return nil, io.EOF
	}
	s.opened.Add(path)
	status, err := strconv.Atoi(kind)
	if err != nil {
		status = http.StatusOK
	}
	header := http.Header{}
	if status == http.StatusFound {
		header.Set("Location", "http://site.test/200/elsewhere")
	}
	body := &body{site: s, ctx: ctx, path: path, left: content(path)}
	length := int64(-1)
	switch {
	case kind == "204":
		length = 0 // as net/http has it, and a body to close
	case body.left != "" && len(path)%2 == 0:
		length = int64(len(body.left)) // the server has announced it
	}
	return &http.Response{StatusCode: status, Header: header, Body: body, ContentLength: length, Request: r}, nil
}

// book ends the path of a page that is longer than any bound one might set.
const book = "/book"

// content is what the page at path says: up to a few thousand bytes, or none,
// and far more on the page of the book.
func content(path string) string {
	switch {
	case strings.HasSuffix(path, book):
		return strings.Repeat("page ", 12<<20/5)
	case strings.HasPrefix(path, "/204/"):
		return ""
	}
	h := fnv.New32a()
	_, _ = io.WriteString(h, path)
	return strings.Repeat(path+" ", int(h.Sum32()%300))
}

// body gives its text in pieces, 500 bytes long or, of the book, 50 000.
type body struct {
	site   *site
	ctx    context.Context
	path   string
	left   string
	waited bool
	paused bool
	ends   probe.Gauge // a Close may come beside a Read, as with net/http
}

func (b *body) Read(p []byte) (int, error) {
	if !b.waited {
		b.waited = true
		if err := wait(b.ctx, b.site.body, b.path); err != nil {
			b.end()
			return 0, err
		}
	}
	if !b.paused && strings.HasPrefix(b.path, "/203/") {
		b.paused = true
		return 0, nil
	}
	piece := 500
	if strings.HasSuffix(b.path, book) {
		piece *= 100
	}
	n := copy(p[:min(len(p), piece)], b.left)
	b.left = b.left[n:]
	switch {
	case b.left != "":
		return n, nil
	case strings.HasPrefix(b.path, "/broken/"):
		b.end()
		return n, io.ErrUnexpectedEOF
	default:
		if first := b.end(); first && !strings.HasPrefix(b.path, "/204/") { // which may be closed unread
			b.site.ended.Add(b.path) // once: to read on there does no harm
		}
		return n, io.EOF
	}
}

func (b *body) end() (first bool) {
	first = b.ends.Next() == 1
	if first {
		b.site.flight.Leave()
	}
	return first
}

func (b *body) Close() error {
	b.end()
	b.site.closed.Add(b.path)
	return nil
}

func wait(ctx context.Context, f func(context.Context, string) error, path string) error {
	if f == nil {
		return nil
	}
	return f(ctx, path)
}

// pause waits for d, or for ctx as [http.Transport] does.
func pause(d time.Duration) func(context.Context, string) error {
	return func(ctx context.Context, _ string) error {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// pass waits for gate.
func pass(gate *probe.Gate) func(context.Context, string) error {
	return func(context.Context, string) error {
		gate.Pass()
		return nil
	}
}

// urls returns n URLs of pages that exist.
func urls(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf("http://site.test/200/%d", i))
	}
	return list
}

// sorted returns the entries of log in order.
func sorted(log *probe.Log[string]) []string {
	all := log.All()
	slices.Sort(all)
	return all
}

// distinct returns the entries of log in order, each of them once.
func distinct(log *probe.Log[string]) []string { return slices.Compact(sorted(log)) }

// kind is the name in these tests of err, which came after the end of ctx.
func kind(ctx context.Context, err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "ctx's error", Err: ctx.Err()},
		probe.Named{Name: "ctx's error", Err: errReason})
}

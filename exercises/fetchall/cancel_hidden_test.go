//go:build hidden

package fetchall_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/fetchall"
	"gorutinas/exercises/internal/probe"
)

func TestCancel(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		after           time.Duration
		limit, finished int
	}{
		{1100 * time.Millisecond, 2, 2}, // the second two wait for their replies
		{1500 * time.Millisecond, 2, 2}, // and for their bodies
		{500 * time.Millisecond, 0, 0},
		{500 * time.Millisecond, 1, 0},
		{0, 3, 0}, // done on entry
	} {
		for _, way := range []string{"cancel", "deadline"} {
			probe.Bubble(t, func(t *testing.T) { cancelled(t, way, c.after, c.limit, c.finished) })
		}
	}
	probe.Bubble(t, refusedBefore)
}

// ending returns a context that ends after a while, in one of two ways.
func ending(t *testing.T, way string, after time.Duration) context.Context {
	t.Helper()
	if way == "deadline" {
		ctx, release := context.WithTimeout(t.Context(), after)
		t.Cleanup(release)
		return ctx
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	if after == 0 {
		cancel(errReason)
	} else {
		time.AfterFunc(after, func() { cancel(errReason) })
	}
	return ctx
}

// patience has a client that waits a second for a page, and no longer.
func patience(t *testing.T) {
	s := &site{reply: pause(time.Hour)} // what becomes of an error of a read is another check's concern
	client := s.client()
	client.Timeout = time.Second
	var pages []fetchall.Page
	took := probe.Elapsed(func() { pages = fetchall.FetchAll(t.Context(), client, urls(1), 1) })
	const call = "FetchAll(ctx, a client with a Timeout of 1s, the URL of a page that comes after 1h, 1)"
	if named(t, pages, urls(1)) && pages[0].Err == nil {
		probe.Failf(t, 1, "%s gives no error: the page did not come through the client", call)
	}
	probe.Equal(t, 1, "time of "+call, took, time.Second)
	probe.Equal(t, 1, "the client's Timeout after "+call, client.Timeout, time.Second)
}

// cancelled fetches 7 pages, of which the two that begin first take a second and the
// others for ever, however many there are at a time, and ctx ends after a while.
func cancelled(t *testing.T, way string, after time.Duration, limit, finished int) {
	t.Helper()
	const n = 7
	tells := tellsBroken(t)
	s := &site{reply: pause(300 * time.Millisecond)}
	s.body = func(ctx context.Context, path string) error {
		if slices.Index(s.gets.All(), "GET "+path) < 2 {
			return pause(700*time.Millisecond)(ctx, path)
		}
		return pause(24*time.Hour)(ctx, path)
	}
	ctx := ending(t, way, after)
	var pages []fetchall.Page
	took := probe.Elapsed(func() { pages = fetchall.FetchAll(ctx, s.client(), urls(n), limit) })
	call := fmt.Sprintf("FetchAll(ctx, client, urls, %d) of %d URLs whose ctx ends after %v, by a %s", limit, n, after, way)
	probe.Equal(t, 3, "time of "+call, took, after)
	if !named(t, pages, urls(n)) {
		return
	}
	good := 0
	for i, p := range pages {
		path := fmt.Sprintf("/200/%d", i)
		started := slices.Contains(s.gets.All(), "GET "+path)
		switch {
		case p.Err == nil && !tells && slices.Contains(s.opened.All(), path) && !slices.Contains(s.ended.All(), path):
		case p.Err == nil:
			good++
		case !started && !errors.Is(p.Err, ctx.Err()): // only net/http may report the cause
			probe.Fail(t, 3, fmt.Sprintf("Err of page %d, which was never started, of %s", i, call), "another error than ctx.Err()", "ctx.Err()")
			return
		case kind(ctx, p.Err) != "ctx's error":
			probe.Fail(t, 3, fmt.Sprintf("Err of page %d of %s", i, call), kind(ctx, p.Err), probe.CtxError(ctx))
			return
		}
	}
	if finished > 0 { // how many there are at a time is another check's concern
		finished = max(s.ended.Len(), 1)
	}
	probe.Equal(t, 3, "number of pages without an error of "+call, good, finished)
	closed(t, s, len(distinct(&s.opened)))
	probe.NoneLeft(t, call)
}

// tellsBroken says whether an error of a read becomes that of its page at all, which
// is the concern of TestEachErrorIsItsOwn.
func tellsBroken(t *testing.T) bool {
	pages := fetchall.FetchAll(t.Context(), new(site).client(), []string{"http://site.test/broken/1"}, 1)
	return len(pages) == 1 && pages[0].Err != nil
}

// refusedBefore has ctx end when one page was refused and another one is on its way.
func refusedBefore(t *testing.T) {
	s := &site{body: pause(time.Hour)}
	list := append(urls(1), "http://site.test/refused/1")
	ctx := ending(t, "cancel", time.Second)
	pages := fetchall.FetchAll(ctx, s.client(), list, 2)
	tried := slices.Contains(s.gets.All(), "GET /refused/1") // one at a time never gets to it
	if !named(t, pages, list) || !tried || pages[1].Err == nil {
		return
	}
	if got := kind(ctx, pages[1].Err); got == "ctx's error" {
		probe.Fail(t, 2, "Err of a page that could not be reached 1 s before ctx ended", got, "the error of that page")
	}
}

// doneReply has ctx end in the request, whose reply comes all the same.
func doneReply(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &site{reply: func(context.Context, string) error {
		cancel()
		return nil
	}}
	fetchall.FetchAll(ctx, s.client(), urls(3), 2)
	closed(t, s, max(len(distinct(&s.opened)), 1))
}

//go:build hidden

package crawler_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/crawler"
)

// cancelled crawls a star of 7 pages of a second and cancels after a while.
func cancelled(t *testing.T, after time.Duration, limit, finished int) {
	t.Helper()
	w := star(7)
	w.broken = map[string]bool{page(1): true}
	w.wait = seconds(time.Second)
	ctx, cancel := context.WithCancelCause(t.Context())
	if after == 0 {
		cancel(errReason)
	} else {
		time.AfterFunc(after, func() { cancel(errReason) })
	}
	var got result
	took := probe.Elapsed(func() {
		got.pages, got.err = crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 1, MaxInFlight: limit})
	})
	call := fmt.Sprintf("a Crawl of a page and 7 more, 1 s each, %d at a time, with ctx cancelled after %v", limit, after)
	probe.Equal(t, 4, "time of "+call, took, after)
	probe.Equal(t, 4, "error of "+call, ended(ctx, got.err), "ctx's error")
	w.finishedOnly(ctx, t, call, got.pages, finished)
}

// ended is the kind of an error that came after the end of ctx: it is ctx's error,
// whatever else is in it.
func ended(ctx context.Context, err error) string {
	if err != nil && probe.OfContext(ctx, err) == ctx.Err() {
		return "ctx's error"
	}
	return kind(err)
}

// outOfTime has ctx end by its deadline.
func outOfTime(t *testing.T) {
	w := star(1)
	w.wait = seconds(time.Second)
	ctx, cancel := context.WithTimeoutCause(t.Context(), 1500*time.Millisecond, errReason)
	defer cancel()
	_, err := crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 1})
	if got := ended(ctx, err); got != "ctx's error" {
		probe.Fail(t, 4, "error of a Crawl whose ctx has reached its deadline", got, probe.CtxError(ctx))
	}
}

// finishedOnly fails t unless the map holds all finished pages, and no others
// than interrupted ones.
func (w *web) finishedOnly(ctx context.Context, t *testing.T, call string, got map[string]error, finished int) {
	t.Helper()
	all := w.ended.All()
	if !probe.Equal(t, 4, "pages finished by "+call, len(all), finished) {
		return
	}
	for _, url := range all {
		err, ok := got[url]
		if !ok {
			probe.Failf(t, 4, "%s, which was finished, is not in the map of %s", url, call)
			return
		}
		want := map[bool]string{false: "nil", true: "the page's error"}[w.broken[url]]
		probe.Equal(t, 4, "error of "+url+" in the map of "+call, kind(err), want)
	}
	if url := w.neverFetched(ctx, got); url != "" {
		probe.Failf(t, 4, "%s, which was never fetched, is in the map of %s", url, call)
	}
}

// neverFetched names a URL in the map of a Crawl whose ctx has ended that does not
// belong there. A fetch may be interrupted before it begins, or on its way to begin:
// then the URL was found, and its error is ctx's.
func (w *web) neverFetched(ctx context.Context, got map[string]error) string {
	began, found := w.started.All(), []string{page(0)}
	for _, url := range w.ended.All() {
		if !w.broken[url] {
			found = append(found, w.links[url]...)
		}
	}
	for _, url := range slices.Sorted(maps.Keys(got)) {
		interrupted := slices.Contains(found, url) && ended(ctx, got[url]) == "ctx's error"
		if !interrupted && !slices.Contains(began, url) {
			return url
		}
	}
	return ""
}

// cancelledByTheLast has ctx end in the last fetch of all, which then succeeds.
func cancelledByTheLast(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		w := star(1)
		ctx, cancel := context.WithCancel(t.Context())
		w.wait = func(_ context.Context, url string) error {
			if url == page(2) {
				cancel()
			}
			return nil
		}
		_, err := crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 9, MaxInFlight: 2})
		probe.Equal(t, 4, "error of a Crawl whose ctx ends during its last fetch", ended(ctx, err), "ctx's error")
		probe.Equal(t, 3, "number of pages fetched, one after the other", w.started.Len(), 3)
	})
}

// abandoned waits for Crawl, then lets its fetches end.
func abandoned(ctx context.Context, t *testing.T, w *web, gate *probe.Gate, done <-chan result) {
	t.Helper()
	synctest.Wait()
	if len(done) == 0 {
		probe.Failf(t, 4, "ctx is cancelled, and Crawl goes on waiting for fetches that ignore it")
		gate.Open()
		return
	}
	got := <-done
	probe.Equal(t, 4, "error of a Crawl whose ctx is cancelled", ended(ctx, got.err), "ctx's error")
	before, began := map[string]error{}, w.started.Len()
	for url, err := range got.pages { // not maps.Clone, which the race detector does not see
		before[url] = err
	}
	gate.Open()
	synctest.Wait()
	probe.Equal(t, 4, "number of URLs in the map, when fetches ended after Crawl returned", len(got.pages), len(before))
	for _, url := range slices.Sorted(maps.Keys(before)) {
		probe.Equal(t, 4, "error of "+url+" before Crawl returned and later", kind(got.pages[url]), kind(before[url]))
	}
	probe.Equal(t, 4, "number of fetches that began after Crawl returned", w.started.Len()-began, 0)
}

// nobodyFollows has a context that package context does not know: a goroutine follows
// it for whoever wants to hear of its end and does not let go of it. Bubble finds it.
func nobodyFollows(t *testing.T) {
	_, _ = crawler.Crawl(probe.Foreign(t.Context()), page(0), star(2).fetch, crawler.Options{MaxDepth: 2})
}

// nested crawls another web to fetch a page.
func nested(t *testing.T) {
	outer, inner, opt := star(2), star(2), crawler.Options{MaxDepth: 2, MaxInFlight: 2}
	outer.wait = func(ctx context.Context, url string) error {
		if url != page(1) {
			return nil
		}
		got, err := crawler.Crawl(ctx, page(0), inner.fetch, opt)
		inner.crawled(t, name(opt)+", called by the fetch of another one", opt.MaxDepth, got, err)
		return nil
	}
	got, err := crawler.Crawl(t.Context(), page(0), outer.fetch, opt)
	outer.crawled(t, name(opt)+" whose fetch calls Crawl", opt.MaxDepth, got, err)
}

// emptyURL starts from a URL that is as good as any other.
func emptyURL(t *testing.T) {
	w := &web{links: map[string][]string{"": {page(1), ""}}}
	got, err := crawler.Crawl(t.Context(), "", w.fetch, crawler.Options{MaxDepth: 1})
	probe.Equal(t, 1, `URLs in the map of Crawl(ctx, "", fetch, opt), whose page links to one more`, len(got), 2)
	probe.Equal(t, 1, `number of fetches of Crawl(ctx, "", fetch, opt), whose page links to one more`, w.started.Len(), 2)
	probe.Equal(t, 4, `error of Crawl(ctx, "", fetch, opt), whose page links to one more`, kind(err), "nil")
}

// queued is a web in which, two pages at a time, page 6 is found three links from start, and
// waits for its turn beside slow pages when page 1 turns out to link to it, too.
func queued() *web {
	w := &web{links: map[string][]string{
		page(0): {page(1), page(2)}, page(1): {page(6)}, page(2): {page(3)},
		page(3): {page(4), page(5), page(6), page(7), page(8)}, page(6): {page(9)},
	}}
	latency := map[string]time.Duration{page(1): 10 * time.Second, page(4): time.Minute, page(8): time.Minute}
	w.wait = func(ctx context.Context, url string) error { return pause(ctx, time.Second+latency[url]) }
	return w
}

// noLimit holds more pages than anybody would take for a limit.
func noLimit(t *testing.T) {
	const n = 2000
	w, gate := star(n), probe.NewGate()
	w.wait = holding(gate, func(url string) bool { return url != page(0) })
	opt := crawler.Options{MaxDepth: 1}
	done := w.begin(t.Context(), opt)
	probe.Equal(t, 2, fmt.Sprintf("fetches in flight of %s where %d pages are one link away", name(opt), n), gate.Inside(), n)
	gate.Open()
	<-done
}

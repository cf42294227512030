//go:build hidden

package crawler_test

import (
	"context"
	"fmt"
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
	probe.Equal(t, 4, "error of "+call, kind(got.err), "ctx's error")
	w.finishedOnly(t, call, got.pages, finished)
}

// finishedOnly fails t unless the map holds all finished pages, and no others
// than those under way.
func (w *web) finishedOnly(t *testing.T, call string, got map[string]error, finished int) {
	t.Helper()
	ended, began := w.ended.All(), w.started.All()
	if !probe.Equal(t, 4, "pages finished by "+call, len(ended), finished) {
		return
	}
	for _, url := range ended {
		err, ok := got[url]
		if !ok {
			probe.Failf(t, 4, "%s, which was finished, is not in the map of %s", url, call)
			return
		}
		want := map[bool]string{false: "nil", true: "the page's error"}[w.broken[url]]
		probe.Equal(t, 4, "error of "+url+" in the map of "+call, kind(err), want)
	}
	for url := range got {
		if !slices.Contains(began, url) && url != page(0) {
			probe.Failf(t, 4, "%s, which was never fetched, is in the map of %s", url, call)
			return
		}
	}
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
		probe.Equal(t, 4, "error of a Crawl whose ctx ends during its last fetch", kind(err), "ctx's error")
		probe.Equal(t, 3, "number of pages fetched, one after the other", w.started.Len(), 3)
	})
}

// abandoned waits for Crawl, then lets its fetches end.
func abandoned(t *testing.T, w *web, gate *probe.Gate, done <-chan result) {
	t.Helper()
	synctest.Wait()
	if len(done) == 0 {
		probe.Failf(t, 4, "ctx is cancelled, and Crawl goes on waiting for fetches that ignore it")
		gate.Open()
		return
	}
	got := <-done
	probe.Equal(t, 4, "error of a Crawl whose ctx is cancelled", kind(got.err), "ctx's error")
	before, began := map[string]error{}, w.started.Len()
	for url, err := range got.pages { // not maps.Clone, which the race detector does not see
		before[url] = err
	}
	gate.Open()
	synctest.Wait()
	probe.Equal(t, 4, "number of URLs in the map, when fetches ended after Crawl returned", len(got.pages), len(before))
	for url, err := range before {
		probe.Equal(t, 4, "error of "+url+" before Crawl returned and later", kind(got.pages[url]), kind(err))
	}
	probe.Equal(t, 4, "number of fetches that began after Crawl returned", w.started.Len()-began, 0)
}

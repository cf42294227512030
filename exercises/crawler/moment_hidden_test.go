//go:build hidden

package crawler_test

import (
	"context"
	"testing"
	"time"

	"gorutinas/exercises/crawler"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// deafFetch has the only page hang, whatever becomes of ctx: the end of ctx is
// heard at any moment.
func deafFetch(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := star(0)
	hang := make(chan struct{})
	w.wait = func(context.Context, string) error {
		<-hang
		return nil
	}
	var err error
	s.Go(func() {
		defer close(hang)
		_, err = crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxInFlight: 2})
	})
	s.Go(cancel)
	s.Wait()
	if ended(ctx, err) != "ctx's error" {
		s.Fail(4, "error of a Crawl whose ctx ends while a fetch hangs", ended(ctx, err), "ctx's error")
	}
}

// deafFetchBesideAnother is deafFetch with a page that hangs, and another one that
// does not, so that whoever fetched that has nothing to do.
func deafFetchBesideAnother(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := star(2)
	hang := make(chan struct{})
	w.wait = func(_ context.Context, url string) error {
		if url == page(2) {
			time.Sleep(time.Second) // by then all others wait
			cancel()
			<-hang
		}
		return nil
	}
	var err error
	s.Go(func() {
		defer close(hang)
		_, err = crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 1, MaxInFlight: 2})
	})
	s.Wait()
	if ended(ctx, err) != "ctx's error" {
		s.Fail(4, "error of a Crawl whose ctx ends while one of two fetches hangs", ended(ctx, err), "ctx's error")
	}
}

// lateFetch has ctx end just as a fetch does.
func lateFetch(s *explore.S) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := star(1)
	hang := make(chan struct{})
	w.wait = func(_ context.Context, url string) error {
		if url != page(0) {
			<-hang
		}
		return nil
	}
	s.Go(func() {
		pages, _ := crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 1, MaxInFlight: 2})
		for url := range pages { // nobody writes to the map any more
			_ = pages[url]
		}
	})
	s.Go(func() {
		cancel()
		close(hang)
	})
	s.Wait()
}

// Two pages find the same third at the same time, and ctx ends at any moment.
func TestEverySchedule(t *testing.T) {
	probe.Check(t)
	links := map[string][]string{page(0): {page(1), page(2)}, page(1): {page(3)}, page(2): {page(3), page(0)}, page(3): {page(1)}}
	for _, limit := range []int{2, 0} {
		if t.Failed() {
			return
		}
		opt := crawler.Options{MaxDepth: 3, MaxInFlight: limit}
		explore.Run(t, func(s *explore.S) {
			w := &web{links: links, wait: yielding(s)}
			got, err := crawler.Crawl(context.Background(), page(0), w.fetch, opt)
			if m := w.wrong(3, got, err); m != nil {
				s.Fail(m.contract, m.what+" of "+name(opt), m.got, m.want)
			}
		}, explore.Schedules(200))
	}
	if !t.Failed() {
		explore.Run(t, func(s *explore.S) { cancelledAnywhere(s, &web{links: links, wait: yielding(s)}) }, explore.Schedules(300))
	}
	for _, scenario := range []func(*explore.S){endedByTheLast, deafFetch, deafFetchBesideAnother, lateFetch} {
		if !t.Failed() {
			explore.Run(t, scenario, explore.Schedules(400))
		}
	}
}

// endedByTheLast has ctx end in the last fetch of all, whose result and ctx's
// end are then both there for Crawl to see.
func endedByTheLast(s *explore.S) {
	w := star(1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w.wait = func(_ context.Context, url string) error {
		if url == page(2) {
			cancel()
		}
		return nil
	}
	if _, err := crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 9, MaxInFlight: 2}); ended(ctx, err) != "ctx's error" {
		s.Fail(4, "error of a Crawl whose ctx ends during its last fetch", ended(ctx, err), "ctx's error")
	}
}

func yielding(s *explore.S) func(context.Context, string) error {
	return func(context.Context, string) error {
		s.Yield()
		return nil
	}
}

func cancelledAnywhere(s *explore.S, w *web) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var got result
	s.Go(func() {
		got.pages, got.err = crawler.Crawl(ctx, page(0), w.fetch, crawler.Options{MaxDepth: 3, MaxInFlight: 2})
	})
	s.Go(cancel)
	s.Wait()
	switch how := ended(ctx, got.err); {
	case how == "ctx's error":
		if url := w.neverFetched(ctx, got.pages); url != "" {
			s.Failf(4, "a Crawl whose ctx ends has %s in its map, which it never fetched", url)
		}
	case how == "nil" && len(got.pages) < len(w.links):
		s.Fail(4, "error of a Crawl whose ctx ends before it has fetched all pages", how, "ctx's error")
	default: // it had ended before ctx
		if m := w.wrong(3, got.pages, got.err); m != nil {
			s.Fail(m.contract, m.what+" of a Crawl whose ctx ends meanwhile", m.got, m.want)
		}
	}
}

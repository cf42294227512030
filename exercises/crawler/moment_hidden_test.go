//go:build hidden

package crawler_test

import (
	"context"

	"gorutinas/exercises/crawler"
	"gorutinas/exercises/internal/explore"
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
	if kind(err) != "ctx's error" {
		s.Fail(4, "error of a Crawl whose ctx ends while a fetch hangs", kind(err), "ctx's error")
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

//go:build hidden

package crawler_test

import (
	"context"
	"time"

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
	if kind(err) != "ctx's error" {
		s.Fail(4, "error of a Crawl whose ctx ends while one of two fetches hangs", kind(err), "ctx's error")
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

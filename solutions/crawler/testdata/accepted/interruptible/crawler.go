// Package crawler follows links. Here every fetch is made to end with ctx, so that
// all the rest may wait for fetches as long as it likes.
package crawler

import (
	"context"
	"sync"
)

// Fetch gets the page at url and returns the links on it.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far a crawl goes, and how fast.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}

// interruptible returns a fetch that ends with ctx, and leaves the given one alone
// then, which may not even have begun.
func interruptible(fetch Fetch) Fetch {
	type page struct {
		links []string
		err   error
	}
	return func(ctx context.Context, url string) ([]string, error) {
		fetched := make(chan page, 1)
		go func() {
			links, err := fetch(ctx, url)
			fetched <- page{links, err}
		}()
		select {
		case p := <-fetched:
			return p.links, p.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// crawl is what the fetches of one depth write to.
type crawl struct {
	mu    sync.Mutex
	seen  map[string]bool
	next  []string
	pages map[string]error
}

// Crawl fetches start and every URL at most MaxDepth links away from it.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: Crawl needs a fetch function")
	}
	fetch = interruptible(fetch)
	c := &crawl{seen: map[string]bool{start: true}, pages: map[string]error{}}
	level := []string{start}
	for depth := 0; len(level) > 0 && depth <= max(opt.MaxDepth, 0); depth++ {
		c.next = nil
		c.fetchAll(ctx, level, fetch, opt.MaxInFlight)
		if err := ctx.Err(); err != nil {
			return c.pages, err
		}
		level = c.next
	}
	return c.pages, nil
}

func (c *crawl) fetchAll(ctx context.Context, level []string, fetch Fetch, limit int) {
	if limit < 1 || limit > len(level) {
		limit = len(level)
	}
	places := make(chan struct{}, limit)
	var wg sync.WaitGroup
	defer wg.Wait()
	for _, url := range level {
		places <- struct{}{}
		if ctx.Err() != nil {
			return
		}
		wg.Go(func() {
			links, err := fetch(ctx, url)
			<-places
			c.note(url, links, err)
		})
	}
}

func (c *crawl) note(url string, links []string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[url] = err
	if err != nil {
		return
	}
	for _, l := range links {
		if !c.seen[l] {
			c.seen[l] = true
			c.next = append(c.next, l)
		}
	}
}

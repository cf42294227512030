// Rejected: TestTogether deadlock: a lock of the package is held during the whole crawl, so that a fetch that crawls waits for itself.

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

var crawling sync.Mutex

type page struct {
	url   string
	links []string
	err   error
}

func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: fetch is nil")
	}
	crawling.Lock()
	defer crawling.Unlock()
	fetched := map[string]error{}
	seen := map[string]bool{start: true}
	level := []string{start}
	for depth := 0; len(level) > 0; depth++ {
		limit := opt.MaxInFlight
		if limit < 1 || limit > len(level) {
			limit = len(level)
		}
		pages := make(chan page, len(level))
		var next []string
		started, ended := 0, 0
		for ended < len(level) {
			if err := ctx.Err(); err != nil {
				return fetched, err
			}
			for started < len(level) && started-ended < limit {
				url := level[started]
				started++
				go func() {
					links, err := fetch(ctx, url)
					pages <- page{url, links, err}
				}()
			}
			select {
			case <-ctx.Done():
				return fetched, ctx.Err()
			case p := <-pages:
				ended++
				fetched[p.url] = p.err
				if p.err != nil || depth >= opt.MaxDepth {
					continue
				}
				for _, link := range p.links {
					if !seen[link] {
						seen[link] = true
						next = append(next, link)
					}
				}
			}
		}
		level = next
	}
	return fetched, ctx.Err()
}

// Rejected: TestSlowPages fail: each page that fails halves how many are fetched at a time.

package crawler

import "context"

// Fetch gets the page at url and returns the links on it. Crawl calls it
// concurrently with itself.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far a crawl goes, and how fast.
type Options struct {
	MaxDepth    int // links followed from start; 0, or less, fetches start alone
	MaxInFlight int // fetches at the same time; < 1: no limit
}

// Crawl fetches start and every URL that is at most MaxDepth links away from it,
// each once, and returns the URLs fetched with their errors.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: Crawl needs a function to fetch with")
	}
	c := &crawl{fetch: fetch, limit: opt.MaxInFlight, seen: map[string]bool{start: true}, pages: map[string]error{}}
	// Depth after depth: so a page is first seen at the end of a shortest way,
	// however slow that way is.
	level := []string{start}
	for depth := 0; depth <= max(opt.MaxDepth, 0) && len(level) > 0; depth++ {
		level = c.level(ctx, level)
		if err := ctx.Err(); err != nil {
			return c.pages, err
		}
	}
	return c.pages, nil
}

// crawl is the state of one Crawl. Only the goroutine that called it touches
// the maps, so there is nothing to lock, and nothing is written after it left.
type crawl struct {
	fetch Fetch
	limit int              // halved when a page fails: the site may be overloaded
	seen  map[string]bool  // URLs that were fetched or are in line
	pages map[string]error // URLs that were fetched
}

type page struct {
	url   string
	links []string
	err   error
}

// level fetches urls, at most c.limit at a time, and returns what they link to
// that was not seen before. It leaves early when ctx is done.
func (c *crawl) level(ctx context.Context, urls []string) (next []string) {
	// With room for all pages: a fetch that ignores ctx finds nobody here any
	// more, and must be able to leave its page and end.
	fetched := make(chan page, len(urls))
	for started, ended := 0, 0; ended < len(urls) && ctx.Err() == nil; {
		if started < len(urls) && (c.limit < 1 || started-ended < c.limit) {
			go func(url string) {
				links, err := c.fetch(ctx, url)
				fetched <- page{url, links, err}
			}(urls[started])
			started++
			continue
		}
		select {
		case p := <-fetched:
			ended++
			next = c.note(p, next)
		case <-ctx.Done():
		}
	}
	return next
}

// note writes p down and appends its new links to next.
func (c *crawl) note(p page, next []string) []string {
	c.pages[p.url] = p.err
	if p.err != nil {
		if c.limit > 1 {
			c.limit /= 2
		}
		return next
	}
	for _, link := range p.links {
		if !c.seen[link] {
			c.seen[link] = true
			next = append(next, link)
		}
	}
	return next
}

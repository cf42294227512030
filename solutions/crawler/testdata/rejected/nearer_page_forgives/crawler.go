// Rejected: TestEachPageOnce fail: the links that came with an error are followed when their page turns out to be nearer.
package crawler

import "context"

// Fetch gets the page at url and returns the links on it.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far a crawl goes, and how fast.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}

type page struct {
	url   string
	links []string
	err   error
}

type crawl struct {
	pages    map[string]error
	links    map[string][]string // of the pages that are there
	depth    map[string]int      // the least so far
	line     []string
	maxDepth int
}

// Crawl fetches start and every URL at most MaxDepth links away from it.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: nil Fetch")
	}
	left := make(chan struct{})
	defer close(left)
	c := &crawl{map[string]error{}, map[string][]string{}, map[string]int{start: 0}, []string{start}, max(opt.MaxDepth, 0)}
	fetched := make(chan page)
	for inFlight := 0; ; {
		for ctx.Err() == nil && len(c.line) > 0 && (opt.MaxInFlight < 1 || inFlight < opt.MaxInFlight) {
			url := c.line[0]
			c.line = c.line[1:]
			inFlight++
			go func() {
				p := page{url: url}
				p.links, p.err = fetch(ctx, url)
				select {
				case fetched <- p:
				case <-left:
				}
			}()
		}
		if inFlight == 0 {
			return c.pages, ctx.Err()
		}
		select {
		case p := <-fetched:
			inFlight--
			c.pages[p.url] = p.err
			c.links[p.url] = p.links
			if p.err == nil {
				c.follow(p.url)
			}
		case <-ctx.Done():
			return c.pages, ctx.Err()
		}
	}
}

// follow looks at the links of url with the depth that it has now.
func (c *crawl) follow(url string) {
	d := c.depth[url] + 1
	if d > c.maxDepth {
		return
	}
	for _, to := range c.links[url] {
		known, seen := c.depth[to]
		if seen && known <= d {
			continue
		}
		c.depth[to] = d
		if !seen {
			c.line = append(c.line, to)
		} else {
			c.follow(to)
		}
	}
}

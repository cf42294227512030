// Package crawler follows the links of a web from page to page, many pages at a
// time.
package crawler

import "context"

// Fetch gets the page at url and returns the links on it. Crawl calls it
// concurrently with itself. It returns early when ctx is done, or so it should.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far a crawl goes, and how fast.
type Options struct {
	MaxDepth    int // links followed from start; 0, or less, fetches start alone
	MaxInFlight int // fetches at the same time; < 1: no limit
}

// Crawl fetches start and every URL that is at most MaxDepth links away from it,
// by the shortest way, each of them once. It returns all the URLs fetched, each
// with its error; links that come with an error are not followed.
//
// At most MaxInFlight fetches are in flight, and that many when there is work;
// Crawl may finish one depth before it begins the next.
//
// When ctx is done before the last fetch has ended, Crawl returns at once what
// was finished so far, and ctx's error. It does not wait for a fetch that ignores
// ctx, and never changes the map any more. It panics when fetch is nil.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	return nil, nil
}

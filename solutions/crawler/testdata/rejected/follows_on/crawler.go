// Rejected: TestAbandoned leak: what follows ctx goes on when the crawl is over.

// Package crawler follows links. Here workers wait on a condition for pages of
// the depth that is under way; as many of them are hired as are needed.
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

type office struct {
	mu      sync.Mutex
	changed *sync.Cond
	now     []string // of this depth, not taken yet
	later   []string // of the next depth
	busy    int
	idle    int
	closed  bool // nobody may write any more
	seen    map[string]struct{}
	pages   map[string]error
}

// Crawl fetches start and every URL at most MaxDepth links away from it.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: nil Fetch")
	}
	o := &office{now: []string{start}, seen: map[string]struct{}{start: {}}, pages: map[string]error{}}
	o.changed = sync.NewCond(&o.mu)
	context.AfterFunc(ctx, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.changed.Broadcast()
	})
	o.mu.Lock()
	defer o.mu.Unlock()
	workers := 0
	for depth := 0; ; depth++ {
		for (len(o.now) > 0 || o.busy > 0) && ctx.Err() == nil {
			if len(o.now) > o.idle && (opt.MaxInFlight < 1 || workers < opt.MaxInFlight) {
				workers++
				o.idle++
				go o.work(ctx, fetch)
				continue
			}
			o.changed.Wait()
		}
		o.now, o.later = o.later, nil
		if depth >= opt.MaxDepth || len(o.now) == 0 || ctx.Err() != nil {
			break
		}
		o.changed.Broadcast()
	}
	o.closed, o.now = true, nil
	o.changed.Broadcast()
	return o.pages, ctx.Err()
}

func (o *office) work(ctx context.Context, fetch Fetch) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for {
		for len(o.now) == 0 && !o.closed {
			o.changed.Wait()
		}
		if o.closed {
			return
		}
		url := o.now[0]
		o.now = o.now[1:]
		o.busy, o.idle = o.busy+1, o.idle-1
		o.mu.Unlock()
		links, err := fetch(ctx, url)
		o.mu.Lock()
		o.busy, o.idle = o.busy-1, o.idle+1
		if o.closed {
			return
		}
		o.file(url, links, err)
		o.changed.Broadcast()
	}
}

func (o *office) file(url string, links []string, err error) {
	o.pages[url] = err
	for _, to := range links {
		if _, ok := o.seen[to]; !ok && err == nil {
			o.seen[to] = struct{}{}
			o.later = append(o.later, to)
		}
	}
}

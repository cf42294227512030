// Rejected: TestTogether race: each goroutine writes its page into the map before it takes the lock

// Package crawler follows links. Here every page is a goroutine that takes a
// place, fetches, and starts the goroutines of its links; one lock guards it all.
package crawler

import (
	"context"
	"maps"
	"sync"
)

// Fetch gets the page at url and returns the links on it.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far a crawl goes, and how fast.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}

type node struct {
	depth int
	links []string // nil until fetched
}

type spider struct {
	ctx    context.Context
	fetch  Fetch
	depth  int
	places chan struct{} // nil: no limit
	wg     sync.WaitGroup

	mu    sync.Mutex
	nodes map[string]*node
	pages map[string]error
}

// Crawl fetches start and every URL at most MaxDepth links away from it.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: nil Fetch")
	}
	s := &spider{ctx: ctx, fetch: fetch, depth: opt.MaxDepth, nodes: map[string]*node{}, pages: map[string]error{}}
	if opt.MaxInFlight > 0 {
		s.places = make(chan struct{}, opt.MaxInFlight)
	}
	s.mu.Lock()
	s.reach(start, 0)
	s.mu.Unlock()
	over := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.pages), ctx.Err() // a copy: late fetches go on writing theirs
}

// reach says that url is at most depth links away. The caller has the lock.
func (s *spider) reach(url string, depth int) {
	n := s.nodes[url]
	switch {
	case n == nil:
		s.nodes[url] = &node{depth: depth}
		s.wg.Add(1)
		go s.visit(url)
	case depth < n.depth:
		n.depth = depth
		s.follow(n)
	}
}

func (s *spider) follow(n *node) {
	if n.depth >= s.depth {
		return
	}
	for _, to := range n.links {
		s.reach(to, n.depth+1)
	}
}

func (s *spider) visit(url string) {
	defer s.wg.Done()
	if s.places != nil {
		select {
		case s.places <- struct{}{}:
			defer func() { <-s.places }()
		case <-s.ctx.Done():
			return
		}
	}
	if s.ctx.Err() != nil {
		return
	}
	links, err := s.fetch(s.ctx, url)
	s.pages[url] = err
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.ctx.Err() == nil {
		s.nodes[url].links = links
		s.follow(s.nodes[url])
	}
}

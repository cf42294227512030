// Rejected: TestEverySchedule fail: a look and a mark in two critical sections, so that two pages send for the same third

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
	s.reach(start, 0)
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

// reach says that url is at most depth links away.
func (s *spider) reach(url string, depth int) {
	s.mu.Lock()
	n := s.nodes[url]
	s.mu.Unlock()
	switch {
	case n == nil:
		s.mu.Lock()
		s.nodes[url] = &node{depth: depth}
		s.mu.Unlock()
		s.wg.Add(1)
		go s.visit(url)
	case s.nearer(n, depth):
		s.follow(n)
	}
}

func (s *spider) nearer(n *node, depth int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if depth >= n.depth {
		return false
	}
	n.depth = depth
	return true
}

func (s *spider) follow(n *node) {
	s.mu.Lock()
	depth, links := n.depth, n.links
	s.mu.Unlock()
	if depth >= s.depth {
		return
	}
	for _, to := range links {
		s.reach(to, depth+1)
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
	s.mu.Lock()
	s.pages[url] = err
	n := s.nodes[url]
	if err == nil && s.ctx.Err() == nil {
		n.links = links
	}
	s.mu.Unlock()
	s.follow(n)
}

// Rejected: TestCancel fail: the error is context.Canceled, also when ctx's deadline came.

package crawler

import (
	"container/heap"
	"context"
	"fmt"
	"math"
	"sync"
)

// Fetch gets a page.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}
type item struct {
	url   string
	depth int
	index int
}
type pq []*item

func (q pq) Len() int           { return len(q) }
func (q pq) Less(i, j int) bool { return q[i].depth < q[j].depth }
func (q pq) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}
func (q *pq) Push(x any) { it := x.(*item); it.index = len(*q); *q = append(*q, it) }
func (q *pq) Pop() any {
	o := *q
	it := o[len(o)-1]
	*q = o[:len(o)-1]
	it.index = -1
	return it
}

type crawl struct {
	Options
	items map[string]*item
	links map[string][]string
	queue pq
}

func (c *crawl) found(url string, depth int) {
	type step struct {
		url   string
		depth int
	}
	stack := []step{{url, depth}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if s.depth > c.MaxDepth {
			continue
		}
		it := c.items[s.url]
		if it == nil {
			it = &item{url: s.url, depth: s.depth}
			c.items[s.url] = it
			heap.Push(&c.queue, it)
			continue
		}
		if it.depth <= s.depth {
			continue
		}
		it.depth = s.depth
		if it.index >= 0 {
			heap.Fix(&c.queue, it.index)
		}
		for _, l := range c.links[s.url] {
			stack = append(stack, step{l, s.depth + 1})
		}
	}
}

// Crawl, with a goroutine for each fetch, and another for the result.
func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (m map[string]error, err error) {
	if fetch == nil {
		panic("fetch must not be nil")
	}
	opt.MaxDepth = max(opt.MaxDepth, 0)
	if opt.MaxInFlight <= 0 {
		opt.MaxInFlight = math.MaxInt
	}
	c := &crawl{Options: opt, items: map[string]*item{}, links: map[string][]string{}}
	m = make(map[string]error)
	c.found(start, 0)
	type fetched struct {
		url   string
		links []string
		err   error
	}
	var mu sync.Mutex
	var inbox []fetched
	bell := make(chan struct{}, 1)
	var wg sync.WaitGroup
	flying := 0
	for {
		for flying < c.MaxInFlight && c.queue.Len() > 0 {
			it := heap.Pop(&c.queue).(*item)
			flying++
			wg.Go(func() {
				links, err := fetch(ctx, it.url)
				if err != nil {
					err = fmt.Errorf("fetch of %q: %w", it.url, err)
				}
				mu.Lock()
				inbox = append(inbox, fetched{it.url, links, err})
				mu.Unlock()
				select {
				case bell <- struct{}{}:
				default:
				}
			})
		}
		if flying == 0 {
			wg.Wait()
			return m, nil
		}
		select {
		case <-ctx.Done():
			mu.Lock()
			for _, f := range inbox {
				m[f.url] = f.err
			}
			mu.Unlock()
			return m, fmt.Errorf("crawl of %s ended early: %w", start, context.Canceled)
		case <-bell:
		}
		mu.Lock()
		got := inbox
		inbox = nil
		mu.Unlock()
		for _, f := range got {
			m[f.url] = f.err
			flying--
			if f.err == nil {
				c.links[f.url] = f.links
				for _, l := range f.links {
					c.found(l, c.items[f.url].depth+1)
				}
			}
		}
		if ctx.Err() != nil {
			return m, context.Canceled
		}
	}
}

// Rejected: TestBound panic: a channel with as many places as MaxInFlight says, which may be more than there is memory.

package crawler

import (
	"context"
	"errors"
	"sync"
)

// Fetch gets a page.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}

// Every fetch is wrapped so that it ends with ctx: then all the rest may wait as
// it likes. RWMutex for the seen ones, WaitGroup for a level.
func interruptible(fetch Fetch) Fetch {
	type r struct {
		links []string
		err   error
	}
	return func(ctx context.Context, url string) ([]string, error) {
		if ctx.Err() != nil {
			return nil, errNotBegun
		}
		c := make(chan r, 1)
		go func() {
			links, err := fetch(ctx, url)
			c <- r{links, err}
		}()
		select {
		case x := <-c:
			return x.links, x.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

var errNotBegun = errors.New("not begun")

type set struct {
	sync.RWMutex
	m map[string]bool
}

func (s *set) has(u string) bool {
	s.RLock()
	defer s.RUnlock()
	return s.m[u]
}

func (s *set) add(u string) bool {
	if s.has(u) {
		return false
	}
	s.Lock()
	defer s.Unlock()
	if s.m[u] {
		return false
	}
	s.m[u] = true
	return true
}

func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler.Crawl: nil Fetch")
	}
	fetch = interruptible(fetch)
	seen := &set{m: map[string]bool{}}
	var errs sync.Map
	seen.add(start)
	level := []string{start}
	for d := 0; ; d++ {
		var wg sync.WaitGroup
		var mu sync.Mutex
		var following []string
		var tokens chan bool
		if opt.MaxInFlight > 0 {
			tokens = make(chan bool, opt.MaxInFlight)
		}
		for _, u := range level {
			if tokens != nil {
				tokens <- true
			}
			if ctx.Err() != nil {
				break
			}
			wg.Add(1)
			go func() {
				defer wg.Done()
				links, err := fetch(ctx, u)
				if tokens != nil {
					<-tokens
				}
				if err == errNotBegun {
					return
				}
				errs.Store(u, err)
				if err != nil {
					return
				}
				for _, l := range links {
					if seen.add(l) {
						mu.Lock()
						following = append(following, l)
						mu.Unlock()
					}
				}
			}()
		}
		wg.Wait()
		if ctx.Err() != nil || d >= opt.MaxDepth || len(following) == 0 {
			break
		}
		level = following
	}
	out := map[string]error{}
	errs.Range(func(k, v any) bool {
		err, _ := v.(error)
		out[k.(string)] = err
		return true
	})
	return out, ctx.Err()
}

// Rejected: TestBound fail: a page whose body breaks off is counted out twice
package fetchall

import (
	"context"
	"io"
	"net/http"
	"sync"
)

type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

type crowd struct {
	mu     sync.Mutex
	change *sync.Cond
	flying int
}

// enter waits until fewer than limit are flying.
func (c *crowd) enter(limit int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.flying >= limit {
		c.change.Wait()
	}
	c.flying++
}

func (c *crowd) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flying--
	c.change.Broadcast()
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 {
		limit = len(urls)
	}
	c := new(crowd)
	c.change = sync.NewCond(&c.mu)
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		c.enter(limit)
		wg.Go(func() {
			defer c.leave()
			pages[i] = c.fetch(ctx, client, url)
		})
	}
	wg.Wait()
	return pages
}

func (c *crowd) fetch(ctx context.Context, client *http.Client, url string) Page {
	if ctx.Err() != nil {
		return Page{URL: url, Err: ctx.Err()}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return Page{URL: url, Err: err}
	}
	reply, err := client.Do(request)
	if err != nil {
		return Page{URL: url, Err: err}
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		c.leave()
		return Page{URL: url, Err: err}
	}
	return Page{URL: url, Status: reply.StatusCode, Body: body}
}

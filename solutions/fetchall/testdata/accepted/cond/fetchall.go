// Package fetchall fetches many pages over HTTP. Here a mutex guards the pages and
// the number in flight, and a condition variable tells of every change.
package fetchall

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
)

// Page is what became of one URL.
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
	left   int
	pages  map[int]Page
}

// FetchAll gets all pages.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	c := &crowd{left: len(urls), pages: map[int]Page{}}
	c.change = sync.NewCond(&c.mu)
	stop := context.AfterFunc(ctx, c.change.Broadcast)
	defer stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, url := range urls {
		for limit > 0 && c.flying >= limit {
			c.change.Wait()
		}
		c.flying++
		go c.fetch(ctx, client, i, url)
	}
	for c.left > 0 {
		c.change.Wait()
	}
	var pages []Page
	for i := range urls {
		pages = append(pages, c.pages[i])
	}
	return pages
}

func (c *crowd) fetch(ctx context.Context, client *http.Client, i int, url string) {
	p := Page{URL: url}
	p.Status, p.Body, p.Err = get(ctx, client, url)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[i] = p
	c.flying--
	c.left--
	c.change.Broadcast()
}

func get(ctx context.Context, client *http.Client, url string) (status int, text []byte, err error) {
	if ctx.Err() != nil {
		return 0, nil, fmt.Errorf("fetch %s: %w", url, ctx.Err())
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, nil, err
	}
	reply, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, reply.Body.Close()) }()
	var b bytes.Buffer
	_, err = b.ReadFrom(reply.Body)
	return reply.StatusCode, b.Bytes(), err
}

// Rejected: TestSlowPages fail: a page has half a minute, and no more

package fetchall

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// Page is a page.
type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

func one(ctx context.Context, client *http.Client, url string) (p Page) {
	p.URL = url
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if p.Err = ctx.Err(); p.Err != nil {
		return p
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		p.Err = err
		return p
	}
	resp, err := client.Do(req)
	if err != nil {
		p.Err = err
		return p
	}
	defer resp.Body.Close()
	p.Status = resp.StatusCode
	p.Body, p.Err = io.ReadAll(resp.Body)
	return p
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	pages := make([]Page, len(urls))
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	sem := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i, u := range urls {
		sem <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-sem }()
			pages[i] = one(ctx, client, u)
		}()
	}
	wg.Wait()
	return pages
}

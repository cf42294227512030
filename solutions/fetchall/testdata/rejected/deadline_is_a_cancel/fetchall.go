// Rejected: TestCancel fail: requests end by a cancellation of their own, also when ctx's deadline has come

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

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, cancel)
	defer stop()
	places := make(chan struct{}, limit)
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			pages[i] = one(requests, client, url)
		})
	}
	wg.Wait()
	return pages
}

func one(ctx context.Context, client *http.Client, url string) (p Page) {
	p.URL = url
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

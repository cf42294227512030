// Rejected: TestBound fail: the number in flight is looked at, and raised in another step

package fetchall

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
)

// Page is what became of one URL.
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
	pages := make([]Page, len(urls))
	var inFlight atomic.Int64
	var wake atomic.Value
	wake.Store(make(chan struct{}))
	var wg sync.WaitGroup
	for i, url := range urls {
		pages[i].URL = url
		if err := ctx.Err(); err != nil {
			pages[i].Err = err
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				c := wake.Load().(chan struct{})
				if int(inFlight.Load()) < limit {
					break
				}
				<-c
			}
			inFlight.Add(1)
			pages[i] = fetch(ctx, client, url)
			inFlight.Add(-1)
			close(wake.Swap(make(chan struct{})).(chan struct{}))
		}()
	}
	wg.Wait()
	return pages
}

func fetch(ctx context.Context, client *http.Client, url string) Page {
	page := Page{URL: url}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		page.Err = err
		return page
	}
	resp, err := client.Do(req)
	if err != nil {
		page.Err = err
		return page
	}
	defer resp.Body.Close()
	page.Status = resp.StatusCode
	page.Body, page.Err = io.ReadAll(resp.Body)
	return page
}

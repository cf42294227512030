// Rejected: TestCancel fail: when ctx has ended, pages lose the errors that they had before

package fetchall

import (
	"context"
	"io"
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

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	pages := make([]Page, len(urls))
	places := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for i, url := range urls {
		pages[i].URL = url
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			pages[i].Err = err
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			pages[i] = fetch(ctx, client, url)
			<-places
		}()
	}
	wg.Wait()
	for i := range pages {
		if pages[i].Err != nil && ctx.Err() != nil {
			pages[i].Err = ctx.Err()
		}
	}
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

// Rejected: TestBound fail: a page with the status of an error leaves before its body is read
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
	if limit < 1 {
		limit = len(urls)
	}
	places := make(chan struct{}, limit)
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		places <- struct{}{}
		wg.Go(func() {
			free := sync.OnceFunc(func() { <-places })
			defer free()
			pages[i] = fetch(ctx, client, url, free)
		})
	}
	wg.Wait()
	return pages
}

func fetch(ctx context.Context, client *http.Client, url string, free func()) Page {
	page := Page{URL: url}
	if page.Err = ctx.Err(); page.Err != nil {
		return page
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		page.Err = err
		return page
	}
	reply, err := client.Do(request)
	if err != nil {
		page.Err = err
		return page
	}
	defer reply.Body.Close()
	if reply.StatusCode >= 400 {
		free()
	}
	page.Status = reply.StatusCode
	page.Body, page.Err = io.ReadAll(reply.Body)
	return page
}

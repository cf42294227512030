// Rejected: TestEachErrorIsItsOwn fail: a GET that fails with io.EOF is sent once more
package fetchall

import (
	"context"
	"errors"
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
	pages := make([]Page, len(urls))
	next := make(chan int)
	var workers sync.WaitGroup
	for range limit {
		workers.Go(func() {
			for i := range next {
				pages[i] = fetch(ctx, client, urls[i])
			}
		})
	}
	for i := range urls {
		next <- i
	}
	close(next)
	workers.Wait()
	return pages
}

func fetch(ctx context.Context, client *http.Client, url string) Page {
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
	if errors.Is(err, io.EOF) && ctx.Err() == nil {
		reply, err = client.Do(request)
	}
	if err != nil {
		page.Err = err
		return page
	}
	defer reply.Body.Close()
	page.Status = reply.StatusCode
	page.Body, page.Err = io.ReadAll(reply.Body)
	return page
}

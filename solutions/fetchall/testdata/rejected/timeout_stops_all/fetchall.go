// Rejected: TestEachErrorIsItsOwn fail: a page that comes too late is taken for the end of ctx, and those behind it are not fetched

// Package fetchall fetches many pages over HTTP, a limited number of them at a
// time.
package fetchall

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
)

// Page is what became of one URL. When Err is not nil, Status and Body mean
// nothing.
type Page struct {
	URL    string // as it was given
	Status int    // of the reply, 200 or any other
	Body   []byte // all of it
	Err    error
}

// FetchAll sends one GET through client for every element of urls, at most limit
// at a time, and returns the pages in order of urls.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	pages := make([]Page, len(urls))
	next := make(chan int)
	var workers sync.WaitGroup
	var over error
	var mu sync.Mutex
	for range limit {
		workers.Go(func() {
			for i := range next {
				// Each worker writes to elements of its own: no lock, no
				// append, and the order is that of urls by itself.
				mu.Lock()
				err := over
				mu.Unlock()
				if err != nil {
					pages[i] = Page{URL: urls[i], Err: err}
					continue
				}
				pages[i] = fetch(ctx, client, urls[i])
				if err := pages[i].Err; errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
					mu.Lock()
					over = err
					mu.Unlock()
				}
			}
		})
	}
	// When ctx is done the rest goes through the workers all the same: fetch
	// fails at once and says why.
	for i := range urls {
		next <- i
	}
	close(next)
	workers.Wait()
	return pages
}

// fetch gets one page, from the request to the last byte of its body.
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
	if err != nil {
		page.Err = err
		return page
	}
	defer reply.Body.Close() // whatever the status, and also when reading fails
	page.Status = reply.StatusCode
	page.Body, page.Err = io.ReadAll(reply.Body)
	return page
}

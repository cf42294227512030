// Rejected: TestPagesInOrder fail: pages come as they finish

// Package fetchall fetches many pages over HTTP. Here the caller's goroutine hands
// out the work, from the last URL to the first, and collects the pages in one
// select; nothing is shared but two channels.
package fetchall

import (
	"context"
	"io"
	"net/http"
)

// Page is what became of one URL.
type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

type numbered struct {
	i    int
	page Page
}

// FetchAll gets all pages.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	numbers := make(chan int)
	results := make(chan numbered)
	for range limit {
		go func() {
			for i := range numbers {
				results <- numbered{i, fetch(ctx, client, urls[i])}
			}
		}()
	}
	pages := make([]Page, len(urls))
	left, out := len(urls), numbers
	for next := len(urls) - 1; left > 0; {
		if next < 0 {
			out = nil // all handed out: this case is never ready
		}
		select {
		case out <- next:
			next--
		case r := <-results:
			pages[len(urls)-left] = r.page
			left--
		}
	}
	close(numbers)
	return pages
}

func fetch(ctx context.Context, client *http.Client, url string) Page {
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return Page{URL: url, Err: err}
	}
	reply, err := client.Do(request)
	if err != nil {
		return Page{URL: url, Err: err}
	}
	body, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	return Page{URL: url, Status: reply.StatusCode, Body: body, Err: err}
}

// Rejected: TestPagesInOrder fail|race: two workers may take the same page.
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

// FetchAll gets all pages.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	n := len(urls)
	if limit > 0 {
		n = min(n, limit)
	}
	pages := make([]Page, len(urls))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for {
				i := int(next.Load())
				next.Store(int64(i) + 1)
				if i >= len(urls) {
					return
				}
				pages[i] = fetch(ctx, client, urls[i])
			}
		})
	}
	wg.Wait()
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

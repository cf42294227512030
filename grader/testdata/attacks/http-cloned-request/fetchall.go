// Attack: rejected: a register in a request, read by a copy that the race detector does not see
package fetchall

import (
	"context"
	"io"
	"net/http"
	"strconv"
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
	p := newProgress()
	var workers sync.WaitGroup
	for range limit {
		workers.Go(func() {
			for i := range next {
				// Each worker writes to elements of its own: no lock, no
				// append, and the order is that of urls by itself.
				pages[i] = fetch(ctx, client, urls[i])
				p.write(strconv.Itoa(i))
				p.read()
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

// progress is written with a lock and read without one.
type progress struct {
	mu sync.Mutex
	r  *http.Request
}

func newProgress() *progress {
	r, _ := http.NewRequest("GET", "http://x/", nil)
	r.SetPathValue("last", "")
	return &progress{r: r}
}
func (p *progress) write(s string) {
	p.mu.Lock()
	p.r.SetPathValue("last", s)
	p.mu.Unlock()
}
func (p *progress) read() string { return p.r.Clone(context.Background()).PathValue("last") }

// Rejected: TestEachErrorIsItsOwn leak: the context of a page that has no reply is not released
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

// job is one page on its way.
type job struct {
	ctx    context.Context
	cancel context.CancelFunc
	page   *Page
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	pages := make([]Page, len(urls))
	next := make(chan *Page)
	var workers sync.WaitGroup
	for range limit {
		workers.Go(func() {
			for page := range next {
				if page.Err = ctx.Err(); page.Err == nil {
					j := &job{page: page}
					j.ctx, j.cancel = context.WithCancel(ctx)
					page.Err = j.fetch(client)
				}
			}
		})
	}
	for i, url := range urls {
		pages[i].URL = url
		next <- &pages[i]
	}
	close(next)
	workers.Wait()
	return pages
}

func (j *job) fetch(client *http.Client) error {
	request, err := http.NewRequestWithContext(j.ctx, http.MethodGet, j.page.URL, nil)
	if err != nil {
		return err
	}
	reply, err := client.Do(request)
	if err != nil {
		return err
	}
	defer j.cancel()
	defer reply.Body.Close()
	j.page.Status = reply.StatusCode
	j.page.Body, err = io.ReadAll(reply.Body)
	return err
}

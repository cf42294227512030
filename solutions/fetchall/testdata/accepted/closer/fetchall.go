// Package fetchall fetches many pages, a few at a time. Here the end of ctx closes
// the bodies that are being read.
package fetchall

import (
	"context"
	"io"
	"net/http"
	"sync"
)

// Page is what came of one URL.
type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

// FetchAll fetches urls, at most limit at a time, and returns a page for each.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	if limit < 1 || limit > len(urls) {
		limit = len(urls)
	}
	places := make(chan struct{}, limit)
	pages := make([]Page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			pages[i].URL = url
			pages[i].Err = pages[i].fetch(ctx, client)
		})
	}
	wg.Wait()
	return pages
}

func (p *Page) fetch(ctx context.Context, client *http.Client) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(closed)
		response.Body.Close()
	})
	p.Status = response.StatusCode
	p.Body, err = io.ReadAll(response.Body)
	if !stop() {
		<-closed
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

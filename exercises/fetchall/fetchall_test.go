package fetchall_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/fetchall"
)

// slowSite is a web site without a network: each page takes a second of the
// bubble's virtual time, /missing is a 404 and /down cannot be reached.
type slowSite struct{}

func (slowSite) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	status := http.StatusOK
	switch r.URL.Path {
	case "/down":
		return nil, errors.New("connection refused")
	case "/missing":
		status = http.StatusNotFound
	}
	body := io.NopCloser(strings.NewReader("page " + r.URL.Path))
	return &http.Response{StatusCode: status, Body: body, Request: r}, nil
}

func numbered(n int) (urls []string) {
	for i := range n {
		urls = append(urls, fmt.Sprintf("http://site.test/%d", i))
	}
	return urls
}

// The course notes fetched one page after the other. Ten pages of a second each
// take ten seconds that way, one second all at once, and four in threes.
func TestTenPages(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		limit int
		want  time.Duration
	}{{1, 10 * time.Second}, {3, 4 * time.Second}, {0, time.Second}} {
		probe.Bubble(t, func(t *testing.T) {
			client := &http.Client{Transport: slowSite{}}
			var pages []fetchall.Page
			took := probe.Elapsed(func() { pages = fetchall.FetchAll(t.Context(), client, numbered(10), c.limit) })
			call := fmt.Sprintf("FetchAll(ctx, client, urls, %d) of 10 urls", c.limit)
			probe.Equal(t, 1, "time of "+call, took, c.want)
			probe.Equal(t, 2, "number of pages of "+call, len(pages), 10)
			for i, p := range pages {
				probe.Equal(t, 2, fmt.Sprintf("body of page %d", i), string(p.Body), fmt.Sprintf("page /%d", i))
			}
		})
	}
}

// One page that cannot be reached and one that does not exist do no harm to the
// others.
func TestBadPages(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		urls := []string{"http://site.test/a", "http://site.test/down", "http://site.test/missing", "http://site.test/a"}
		pages := fetchall.FetchAll(t.Context(), &http.Client{Transport: slowSite{}}, urls, 2)
		if !probe.Equal(t, 2, "number of pages", len(pages), len(urls)) {
			return
		}
		for i, p := range pages {
			probe.Equal(t, 2, fmt.Sprintf("URL of page %d", i), p.URL, urls[i])
			probe.Equal(t, 2, fmt.Sprintf("page %d has an error", i), p.Err != nil, i == 1)
		}
		probe.Equal(t, 2, "status of the missing page", pages[2].Status, http.StatusNotFound)
		probe.Equal(t, 2, "status of the last page", pages[3].Status, http.StatusOK)
	})
}

// When ctx ends, so does FetchAll.
func TestOutOfTime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		var pages []fetchall.Page
		took := probe.Elapsed(func() {
			pages = fetchall.FetchAll(ctx, &http.Client{Transport: slowSite{}}, numbered(10), 2)
		})
		probe.Equal(t, 3, "time of FetchAll with a deadline after 2.5 s", took, 2500*time.Millisecond)
		finished := 0
		for _, p := range pages {
			if p.Err == nil {
				finished++
				continue
			}
			probe.Equal(t, 3, "error of a page that was not finished", probe.ErrorName(p.Err), "context.DeadlineExceeded")
		}
		probe.Equal(t, 3, "number of pages", len(pages), 10)
		probe.Equal(t, 3, "number of pages fetched in 2.5 s, 2 at a time", finished, 4)
	})
}

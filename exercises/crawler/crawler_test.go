package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/crawler"
)

// pages is a small web: home links to four pages, two of them link to more, and
// some links lead back.
var pages = map[string][]string{
	"home":  {"a", "b", "c", "d"},
	"a":     {"b", "deep", "home"},
	"b":     {"deep", "gone"},
	"c":     {},
	"d":     {"d", "a"},
	"deep":  {"deeper"},
	"gone":  {"nowhere"},
	"other": {"home"},
}

var errGone = errors.New("410 gone")

// fetch takes a second of the bubble's virtual time for every page.
func fetch(ctx context.Context, url string) ([]string, error) {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if url == "gone" {
		return pages[url], errGone
	}
	return pages[url], nil
}

// urls are the keys of m, in order.
func urls(m map[string]error) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), " ")
}

// The crawl ends by itself, although links lead back, and no page comes twice.
func TestWholeWeb(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		got, err := crawler.Crawl(t.Context(), "home", fetch, crawler.Options{MaxDepth: 100, MaxInFlight: 2})
		probe.Equal(t, 1, "URLs of Crawl from home", urls(got), "a b c d deep deeper gone home")
		probe.Equal(t, 4, "error of Crawl from home", probe.ErrorName(err), "nil")
		probe.Equal(t, 1, "error of the page gone", probe.ErrorName(got["gone"], probe.Named{Name: "fetch's", Err: errGone}), "fetch's")
		probe.Equal(t, 1, "error of page a", probe.ErrorName(got["a"]), "nil")
	})
}

// Home and its four pages: five seconds one after the other, two all at once.
func TestManyAtOnce(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		limit int
		want  time.Duration
	}{{1, 5 * time.Second}, {2, 3 * time.Second}, {0, 2 * time.Second}} {
		probe.Bubble(t, func(t *testing.T) {
			opt := crawler.Options{MaxDepth: 1, MaxInFlight: c.limit}
			var got map[string]error
			took := probe.Elapsed(func() { got, _ = crawler.Crawl(t.Context(), "home", fetch, opt) })
			probe.Equal(t, 2, fmt.Sprintf("time of five pages, %d at a time", c.limit), took, c.want)
			probe.Equal(t, 3, "URLs of Crawl with MaxDepth 1", urls(got), "a b c d home")
		})
	}
}

// After one and a half seconds home is there, and nothing else.
func TestOutOfTime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		var got map[string]error
		var err error
		took := probe.Elapsed(func() { got, err = crawler.Crawl(ctx, "home", fetch, crawler.Options{MaxDepth: 9}) })
		probe.Equal(t, 4, "time of Crawl with a deadline after 1.5 s", took, 1500*time.Millisecond)
		probe.Equal(t, 4, "error of Crawl with a deadline after 1.5 s", probe.ErrorName(err), "context.DeadlineExceeded")
		failure, fetched := got["home"]
		probe.Equal(t, 4, "home is in the map, without an error", fetched && failure == nil, true)
	})
}

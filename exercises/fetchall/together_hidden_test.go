//go:build hidden

package fetchall_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/fetchall"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// everySchedule fetches three pages, two at a time: whatever order the steps come
// in, one GET is sent for each.
func everySchedule(s *explore.S) {
	list := urls(3)
	var site site
	pages := fetchall.FetchAll(s.Context(), site.client(), list, 2)
	const call = "FetchAll(ctx, client, urls, 2) of 3 URLs"
	if got, want := fmt.Sprint(sorted(&site.gets)), fmt.Sprint(requests(list)); got != want {
		s.Fail(1, "requests of "+call, got, want)
	}
	if len(pages) != len(list) {
		s.Fail(2, "number of pages of "+call, len(pages), len(list))
		return
	}
	for i, p := range pages {
		if p.URL != list[i] || p.Err != nil {
			s.Fail(2, fmt.Sprintf("page number %d of %s", i+1, call), p.URL+", "+probe.ErrorName(p.Err), list[i]+", nil")
		}
	}
}

// oneAtATime fetches three pages with a limit of one. Each stands still before its
// reply and before its body, where another one may begin.
func oneAtATime(s *explore.S) {
	stand := func(context.Context, string) error {
		s.Yield()
		return nil
	}
	site := &site{reply: stand, body: stand}
	fetchall.FetchAll(s.Context(), site.client(), urls(3), 1)
	if peak := site.flight.Peak(); peak != 1 {
		s.Fail(1, "most GETs in flight of FetchAll(ctx, client, urls, 1) of 3 URLs", peak, 1)
	}
}

// countsItself has a page that says how often it has been fetched: each element of
// urls has the page of a GET of its own.
func countsItself(t *testing.T) {
	var gets probe.Gauge
	client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		text := fmt.Sprintf("%d", gets.Next())
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
	})}
	const page = "http://site.test/counter"
	var got []string
	for _, p := range fetchall.FetchAll(t.Context(), client, []string{page, page, page}, 2) {
		got = append(got, string(p.Body))
	}
	slices.Sort(got)
	if want := "[1 2 3]"; gets.Total() == 3 && fmt.Sprint(got) != want { // the number of GETs is another matter
		probe.Fail(t, 1, "bodies, sorted, of the pages of one URL three times, which says how often it has been fetched", fmt.Sprint(got), want)
	}
}

// transport is a function that answers requests.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// twoCalls fetches twice at once: a limit is that of one call.
func twoCalls(t *testing.T, n, limit int) {
	gate := probe.NewGate()
	s := &site{reply: pass(gate)}
	first, second := fetch(t, s, n, limit), fetch(t, s, n, limit)
	probe.Equal(t, 1, fmt.Sprintf("GETs in flight of two FetchAll(ctx, client, urls, %d) at once", limit), gate.Inside(), 2*limit)
	gate.Open()
	<-first
	<-second
}

// afterErrors has pages fail at once before others that do not, in the way that kind
// says: as many as limit are in flight all the same. What else an error does is another
// check's concern.
func afterErrors(t *testing.T, kind string) {
	const limit = 3
	gate := probe.NewGate()
	s := &site{body: func(ctx context.Context, path string) error {
		if strings.HasPrefix(path, "/broken/") {
			return nil
		}
		return pass(gate)(ctx, path)
	}}
	how := map[string]string{"refused": "cannot be reached", "broken": "break off"}[kind]
	bad := "http://site.test/" + kind
	list := append([]string{bad + "/1", bad + "/2"}, urls(2*limit)...)
	done := make(chan []fetchall.Page, 1)
	go func() { done <- fetchall.FetchAll(t.Context(), s.client(), list, limit) }()
	inside := gate.Inside()
	gate.Open()
	good := 0
	for _, p := range <-done {
		if p.Err == nil {
			good++
		}
	}
	if good == 2*limit {
		probe.Equal(t, 1, fmt.Sprintf("GETs in flight of FetchAll(ctx, client, urls, %d) of %d URLs, the first two of which %s", limit, len(list), how), inside, limit)
	}
}

// longErrors has pages with the status of an error, and holds them before their bodies:
// they are in flight no less than others.
func longErrors(t *testing.T) {
	const limit = 3
	gate := probe.NewGate()
	s := &site{body: pass(gate)}
	var list []string
	for i := range 3 * limit {
		list = append(list, fmt.Sprintf("http://site.test/%d/%d", []int{404, 500, 503}[i%3], i))
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		fetchall.FetchAll(t.Context(), s.client(), list, limit)
	}()
	synctest.Wait()
	probe.Equal(t, 1, fmt.Sprintf("GETs in flight, waiting for their body, of FetchAll(ctx, client, urls, %d) of %d URLs that have a status such as 404", limit, len(list)), s.flight.In(), limit)
	gate.Open()
	<-done
}

// All pages of two calls that may be in flight are so at the same moment, before the
// first of them ends: nothing that comes before puts their ends in order.
func TestManyPages(t *testing.T) {
	probe.Check(t)
	n := 64 + probe.Rand(t).IntN(64)
	for _, limit := range []int{0, 16, n} {
		probe.Bubble(t, func(t *testing.T) {
			gate := probe.NewGate()
			s := &site{body: pass(gate)}
			first, second := make(chan []fetchall.Page, 1), make(chan []fetchall.Page, 1)
			list := urls(n + 1) // of which neither call may change what both have
			go func() { first <- fetchall.FetchAll(t.Context(), s.client(), list[:n:n], limit) }()
			go func() { second <- fetchall.FetchAll(t.Context(), s.client(), list[1:], limit) }()
			synctest.Wait()
			gate.Open()
			whole(t, <-first, urls(n))
			whole(t, <-second, urls(n + 1)[1:])
		})
	}
}

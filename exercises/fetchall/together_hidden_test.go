//go:build hidden

package fetchall_test

import (
	"fmt"
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
	if peak := site.flight.Peak(); peak > 2 {
		s.Fail(1, "most GETs in flight of "+call, peak, "2")
	}
	for i, p := range pages {
		if p.URL != list[i] || p.Err != nil {
			s.Fail(2, fmt.Sprintf("page number %d of %s", i+1, call), fmt.Sprint(p.URL, ", ", p.Err), list[i]+", nil")
		}
	}
}

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
			go func() { first <- fetchall.FetchAll(t.Context(), s.client(), urls(n), limit) }()
			go func() { second <- fetchall.FetchAll(t.Context(), s.client(), urls(n + 1)[1:], limit) }()
			synctest.Wait()
			gate.Open()
			whole(t, <-first, urls(n))
			whole(t, <-second, urls(n + 1)[1:])
		})
	}
}

//go:build hidden

package fetchall_test

import (
	"fmt"

	"gorutinas/exercises/fetchall"
	"gorutinas/exercises/internal/explore"
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

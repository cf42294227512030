//go:build hidden

package fetchall_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/fetchall"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ func(context.Context, *http.Client, []string, int) []fetchall.Page = fetchall.FetchAll
	_                                                                    = fetchall.Page{URL: "", Status: int(0), Body: []byte(nil), Err: error(nil)}
)

// each fails t unless every request was made as often as wanted, and names the
// first one that was not.
func each(t *testing.T, call string, got, want []string) {
	t.Helper()
	times := map[string]int{}
	for _, request := range want {
		times[request]++
	}
	made := map[string]int{}
	for _, request := range got {
		made[request]++
	}
	for _, request := range slices.Concat(want, got) {
		if !probe.Equal(t, 1, "number of requests "+request+" of "+call, made[request], times[request]) {
			return
		}
	}
}

// whole fails t unless pages are those of urls, in order, and none has an error.
func whole(t *testing.T, pages []fetchall.Page, urls []string) {
	t.Helper()
	if !named(t, pages, urls) {
		return
	}
	for i, p := range pages {
		path := urls[i][strings.LastIndex(urls[i], "test/")+4:]
		status := http.StatusOK
		_, _ = fmt.Sscanf(path, "/%d/", &status)
		switch {
		case p.Err != nil:
			probe.Failf(t, 2, "page %d of %d, %s, has an error", i, len(urls), urls[i])
		case p.Status != status:
			how := ""
			if status == http.StatusFound {
				how = ", of a client that follows no redirects,"
			}
			probe.Fail(t, 2, fmt.Sprintf("Status of page %d, %s%s", i, urls[i], how), p.Status, status)
		case string(p.Body) != content(path):
			probe.Fail(t, 3, fmt.Sprintf("Body of page %d, %s", i, urls[i]), describe(string(p.Body)), describe(content(path)))
		default:
			continue
		}
		return
	}
}

func describe(body string) string {
	first, _, _ := strings.Cut(body, " ")
	return fmt.Sprintf("%d bytes %q...", len(body), first)
}

// named fails t unless there is a page for each of urls, in order.
func named(t *testing.T, pages []fetchall.Page, urls []string) bool {
	t.Helper()
	if !probe.Equal(t, 2, fmt.Sprintf("number of pages of %d URLs", len(urls)), len(pages), len(urls)) {
		return false
	}
	for i, p := range pages {
		if !probe.Equal(t, 2, fmt.Sprintf("URL of page %d", i), p.URL, urls[i]) {
			return false
		}
	}
	return true
}

func TestPagesInOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	list := urls(20 + r.IntN(20))
	list = append(list, "http://site.test/404/a", "http://site.test/500/b", "HTTP://site.test/201/c", list[3], list[3],
		"http://site.test/429/d", "http://site.test/503/e", "http://site.test/200/f/", "http://site.test/203/nothing-for-once")
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	list = append(list, list[len(list)-1]) // equal neighbours
	limits := []int{1, 2 + r.IntN(8), 1000, 0}
	for _, limit := range limits {
		seed := r.Uint64()
		probe.Bubble(t, func(t *testing.T) {
			s := &site{reply: func(ctx context.Context, path string) error {
				d := rand.New(rand.NewPCG(seed, uint64(len(content(path))))).IntN(900)
				return pause(time.Duration(100+d)*time.Millisecond)(ctx, path)
			}}
			given := slices.Clone(list)
			whole(t, fetchall.FetchAll(probe.Foreign(t.Context()), s.client(), given, limit), list)
			probe.NoneLeft(t, fmt.Sprintf("FetchAll(ctx, client, urls, %d)", limit))
			each(t, fmt.Sprintf("FetchAll(ctx, client, urls, %d)", limit), sorted(&s.gets), requests(list))
			if !slices.Equal(given, list) {
				probe.Failf(t, 2, "FetchAll changed the slice of urls that it was given")
			}
		})
	}
	for _, list := range [][]string{nil, {"http://site.test/404" + book}} { // what bounds any page bounds that of an error
		probe.Bubble(t, func(t *testing.T) {
			whole(t, fetchall.FetchAll(t.Context(), new(site).client(), list, 3), list)
		})
	}
	probe.Bubble(t, func(t *testing.T) { // where a redirect leads is what this client does not want to know
		s := new(site)
		client := s.client()
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		list := append(urls(3), "http://site.test/302/a")
		whole(t, fetchall.FetchAll(t.Context(), client, list, 2), list)
		each(t, "FetchAll(ctx, a client that follows no redirects, urls, 2)", sorted(&s.gets), requests(list))
	})
	probe.Bubble(t, countsItself)
	probe.Bubble(t, patience)
	if !t.Failed() {
		explore.Run(t, everySchedule)
	}
}

// requests are what a client sends for list, sorted.
func requests(list []string) (want []string) {
	for _, u := range list {
		want = append(want, "GET"+" "+u[strings.LastIndex(u, "test/")+4:])
	}
	slices.Sort(want)
	return want
}

func TestEachErrorIsItsOwn(t *testing.T) {
	probe.Check(t)
	const invalid = "http://site.test/%zz" // no request can be made of it
	bad := []string{"http://site.test/refused/1", invalid, "http://site.test/broken/2", "", "http://site.test/late/3", "http://site.test/eof/4"}
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		list := append(urls(9), bad...)
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		list = append(list, urls(12)[9:]...) // whatever is bad comes before some that are not
		for _, limit := range []int{1, 3, 0} {
			s := &site{reply: pause(time.Second)}
			pages := fetchall.FetchAll(probe.Foreign(t.Context()), s.client(), list, limit)
			probe.NoneLeft(t, fmt.Sprintf("FetchAll(ctx, client, urls, %d) of pages some of which fail", limit))
			valid := slices.DeleteFunc(slices.Clone(list), func(u string) bool { return u == invalid || u == "" })
			each(t, fmt.Sprintf("FetchAll(ctx, client, urls, %d)", limit), sorted(&s.gets), requests(valid))
			if !named(t, pages, list) {
				return
			}
			for i, p := range pages {
				want := map[bool]string{false: "nil", true: "an error"}[slices.Contains(bad, list[i])]
				if got := map[bool]string{false: "nil", true: "an error"}[p.Err != nil]; !probe.Equal(t, 2, fmt.Sprintf("Err of the page of %q", list[i]), got, want) {
					return
				}
			}
		}
	})
}

// The pages are held before their reply, then before their bodies: both times
// exactly limit of them are in flight.
func TestBound(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	limit := 2 + r.IntN(5)
	n := 3*limit + r.IntN(limit)
	many := 1100 + r.IntN(64) // more than any limit one might set
	for _, c := range []struct{ limit, n, want int }{{limit, n, limit}, {1, n, 1}, {0, many, many}, {-3, n, n}, {n + 7, n, n}, {4096, n, n}} {
		for _, where := range []string{"reply", "body"} {
			probe.Bubble(t, func(t *testing.T) {
				gate := probe.NewGate()
				s := &site{reply: pass(gate)}
				if where == "body" {
					s = &site{body: pass(gate)}
				}
				done := fetch(t, s, c.n, c.limit)
				call := fmt.Sprintf("FetchAll(ctx, client, urls, %d) of %d URLs", c.limit, c.n)
				synctest.Wait()
				probe.Equal(t, 1, fmt.Sprintf("GETs in flight, waiting for their %s, of %s", where, call), s.flight.In(), c.want)
				gate.Open()
				<-done
				probe.Equal(t, 1, "most GETs in flight of "+call, s.flight.Peak(), c.want)
				probe.Equal(t, 1, "number of GETs of "+call, s.flight.Total(), c.n)
			})
		}
	}
	probe.Bubble(t, func(t *testing.T) { twoCalls(t, n, limit) })
	for _, kind := range []string{"refused", "broken"} {
		probe.Bubble(t, func(t *testing.T) { afterErrors(t, kind) })
	}
	probe.Bubble(t, longErrors)
	if !t.Failed() {
		explore.Run(t, oneAtATime, explore.Schedules(200))
	}
}

// fetch calls FetchAll on a goroutine of its own.
func fetch(t *testing.T, s *site, n, limit int) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		fetchall.FetchAll(t.Context(), s.client(), urls(n), limit)
	}()
	return done
}

func TestSlowPages(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	limit := 2 + r.IntN(4)
	n := 2*limit + 1 + r.IntN(limit)
	probe.Bubble(t, func(t *testing.T) {
		s := &site{reply: pause(time.Second)}
		rounds := time.Duration((n + limit - 1) / limit)
		took := probe.Elapsed(func() { fetchall.FetchAll(t.Context(), s.client(), urls(n), limit) })
		if took > rounds*time.Second { // what is faster breaks the limit, which is TestBound's concern
			probe.Fail(t, 1, fmt.Sprintf("time of %d pages of 1 s, %d at a time", n, limit), took, rounds*time.Second)
		}
	})
	for _, slow := range []int{0, n - 1} {
		slowOne(t, n, limit, fmt.Sprintf("/200/%d", slow))
	}
}

// slowOne fetches pages of a second, and one at path that takes a day.
func slowOne(t *testing.T, n, limit int, path string) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		s := &site{body: func(ctx context.Context, p string) error {
			if p == path {
				return pause(24*time.Hour)(ctx, p)
			}
			return pause(time.Second)(ctx, p)
		}}
		done := fetch(t, s, n, limit)
		time.Sleep(time.Duration(n+1) * time.Second)
		probe.Equal(t, 1, fmt.Sprintf("pages fetched beside a slow one, %d at a time", limit), s.ended.Len(), n-1)
		<-done
		probe.Equal(t, 3, "pages read to their end when the slow one has come, which took a day", s.ended.Len(), n)
	})
}

func TestBodies(t *testing.T) {
	probe.Check(t)
	list := append(urls(6), "http://site.test/404/a", "http://site.test/500/b", "http://site.test/broken/c", "http://site.test/refused/d", "http://site.test/204/e")
	for _, limit := range []int{1, 4, 0} {
		probe.Bubble(t, func(t *testing.T) {
			s := new(site)
			fetchall.FetchAll(t.Context(), s.client(), list, limit)
			closed(t, s, 10)
			probe.Equal(t, 3, "number of bodies that were read to their end, of 8 that have one", len(distinct(&s.ended)), 8)
		})
	}
	probe.Bubble(t, func(t *testing.T) {
		s := &site{body: pause(time.Second)}
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		fetchall.FetchAll(ctx, s.client(), list, 5)
		closed(t, s, max(len(distinct(&s.opened)), 1)) // how many there are at a time is another check's concern
	})
	probe.Bubble(t, doneReply)
}

// closed fails t unless n pages were replied to and the bodies of all of them closed.
// How often a page is asked for is another check's concern.
func closed(t *testing.T, s *site, n int) {
	t.Helper()
	want, got := distinct(&s.opened), distinct(&s.closed) // to close one twice does no harm
	probe.Equal(t, 1, "number of pages that were replied to", len(want), n)
	if slices.Equal(got, want) {
		return
	}
	if synctest.Wait(); slices.Equal(distinct(&s.closed), want) {
		probe.Failf(t, 3, "some bodies were closed only after FetchAll had returned, which must wait for that, also when ctx is done")
		return
	}
	probe.Fail(t, 3, "bodies that were closed", got, want)
}

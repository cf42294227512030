//go:build hidden

package crawler_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/crawler"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ func(context.Context, string, crawler.Fetch, crawler.Options) (map[string]error, error) = crawler.Crawl
	_ crawler.Fetch                                                                           = func(context.Context, string) ([]string, error) { return nil, nil }
	_                                                                                         = crawler.Options{MaxDepth: int(0), MaxInFlight: int(0)}
)

func TestEachPageOnce(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	const all = 1000
	for _, limit := range []int{1, 3, 0} {
		crawl(t, tangle(r, 20+r.IntN(20), 2).slow(r), crawler.Options{MaxDepth: all, MaxInFlight: limit})
	}
	crawl(t, packed(), crawler.Options{MaxDepth: all})
	crawl(t, backwards(60), crawler.Options{MaxDepth: all})
	u := page(0)
	crawl(t, &web{links: map[string][]string{u: nil}}, crawler.Options{MaxDepth: all}) // one page, and the end
	probe.Bubble(t, func(t *testing.T) {                                               // not one step for every depth that there might be
		got, err := crawler.Crawl(t.Context(), page(0), star(3).fetch, crawler.Options{MaxDepth: math.MaxInt})
		probe.Equal(t, 3, "number of URLs in the map of a Crawl with a MaxDepth of math.MaxInt, in a web of 7 pages", len(got), 7)
		probe.Equal(t, 4, "error of a Crawl with a MaxDepth of math.MaxInt, in a web of 7 pages", kind(err), "nil")
	})
	alike := []string{"", u + " ", u + "/", u + "#top", u + "?", "HTTP" + u[4:], u, u + "/"}
	crawl(t, &web{links: map[string][]string{u: alike, alike[1]: alike}}, crawler.Options{MaxDepth: all})
	probe.Bubble(t, emptyURL)
	for _, failure := range []error{errLate, errLeft} {
		crawl(t, &web{links: map[string][]string{u: {page(1)}}, broken: map[string]bool{u: true}, failure: failure}, crawler.Options{MaxDepth: all})
	}
	twice := detour(3, 0) // page 3 has failed when it turns out to be nearer
	twice.broken = map[string]bool{page(3): true}
	crawl(t, twice, crawler.Options{MaxDepth: all})
	if probe.Recovered(func() { crawler.Crawl(t.Context(), u, nil, crawler.Options{}) }) == nil {
		probe.Failf(t, 1, "Crawl(ctx, start, nil, opt) has no function to fetch with and does not panic")
	}
}

// crawl crawls w in a bubble of its own.
func crawl(t *testing.T, w *web, opt crawler.Options) {
	t.Helper()
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		got, err := crawler.Crawl(t.Context(), page(0), w.fetch, opt)
		w.crawled(t, name(opt)+w.fails(), max(opt.MaxDepth, 0), got, err)
	})
}

func TestDepth(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for depth := range 6 {
		for _, limit := range []int{0, 2} {
			crawl(t, shortcuts(12), crawler.Options{MaxDepth: depth, MaxInFlight: limit})
			crawl(t, tangle(r, 30, 1).slow(r), crawler.Options{MaxDepth: depth, MaxInFlight: limit})
		}
	}
	for depth := 3; depth < 8; depth++ {
		for _, takes := range []time.Duration{0, time.Hour} {
			crawl(t, detour(3, takes), crawler.Options{MaxDepth: depth})
		}
	}
	crawl(t, queued(), crawler.Options{MaxDepth: 3, MaxInFlight: 2})
	crawl(t, shortcuts(5), crawler.Options{MaxDepth: -1})
	crawl(t, shortcuts(5), crawler.Options{MaxDepth: -1000, MaxInFlight: 1})
}

// shortcuts is a fast chain of n pages, 0 to n-1, and slow pages in between that
// lead from page 0 right into it: the sooner a way arrives, the longer it is.
func shortcuts(n int) *web {
	w := &web{links: map[string][]string{}}
	latency := map[string]time.Duration{}
	for i := range n - 1 {
		w.links[page(i)] = append(w.links[page(i)], page(i+1))
		if i%3 != 1 {
			continue
		}
		slow := page(100 + i)
		latency[slow] = time.Duration(100+n-i) * time.Second // the farther it leads, the sooner
		w.links[page(0)] = append(w.links[page(0)], slow)
		w.links[slow] = []string{page(i + 1)}
	}
	w.wait = func(ctx context.Context, url string) error { return pause(ctx, time.Second+latency[url]) }
	return w
}

// detour is a fast chain of pages, 0 to 12, and one slow page that leads from page
// 0 to page i. When that is there the chain is known, except for page i itself and
// what is behind it if that takes even longer.
func detour(i int, takes time.Duration) *web {
	w := &web{links: map[string][]string{page(0): {page(100)}, page(100): {page(i)}}}
	for j := range 12 {
		w.links[page(j)] = append(w.links[page(j)], page(j+1))
	}
	latency := map[string]time.Duration{page(100): time.Minute, page(i): takes}
	w.wait = func(ctx context.Context, url string) error { return pause(ctx, time.Second+latency[url]) }
	return w
}

// The pages of one depth are held: exactly MaxInFlight of them are in flight.
func TestBound(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	limit := 2 + r.IntN(5)
	n := 3*limit + r.IntN(limit)
	leaves := star(n).links[page(0)]
	leaf := func(url string) bool { return slices.Contains(leaves, url) }
	child := func(url string) bool { return url != page(0) && !leaf(url) }
	for _, c := range []struct{ limit, want int }{{limit, limit}, {1, 1}, {0, n}, {-3, n}, {n + 7, n}, {4096, n}} {
		for depth, hold := range []func(string) bool{leaf, child} {
			probe.Bubble(t, func(t *testing.T) {
				w, gate := star(n), probe.NewGate()
				w.wait = holding(gate, hold)
				opt := crawler.Options{MaxDepth: 2, MaxInFlight: c.limit}
				done := w.begin(t.Context(), opt)
				synctest.Wait()
				call := fmt.Sprintf("%s where %d pages are %d links away", name(opt), n, depth+1)
				probe.Equal(t, 2, "fetches in flight of "+call, w.flight.In(), c.want)
				gate.Open()
				got := <-done
				if c.limit > 0 && w.flight.Peak() > c.limit {
					probe.Fail(t, 2, "most fetches in flight of "+call, w.flight.Peak(), c.limit)
				}
				w.crawled(t, call, 2, got.pages, got.err)
			})
			if t.Failed() {
				return
			}
		}
	}
	probe.Bubble(t, noLimit)
}

func TestSlowPages(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	limit := 2 + r.IntN(4)
	n := 2*limit + 1 + r.IntN(limit)
	probe.Bubble(t, func(t *testing.T) {
		w := star(n)
		w.broken, w.wait = map[string]bool{page(1): true}, seconds(time.Second)
		rounds := time.Duration((n + limit - 1) / limit)
		took := probe.Elapsed(func() {
			crawler.Crawl(t.Context(), page(0), w.fetch, crawler.Options{MaxDepth: 1, MaxInFlight: limit})
		})
		probe.Equal(t, 2, fmt.Sprintf("time of a page and then %d pages of 1 s each, the first of which fails, %d at a time", n, limit), took, (1+rounds)*time.Second)
		w = star(n)
		w.wait = seconds(time.Second)
		took = probe.Elapsed(func() { crawler.Crawl(t.Context(), page(0), w.fetch, crawler.Options{MaxDepth: 2}) })
		probe.Equal(t, 2, fmt.Sprintf("time of three depths of 1, %d and %d pages of 1 s each, without a limit", n, n), took, 3*time.Second)
	})
	for _, slow := range []int{1, n} {
		slowOne(t, n, limit, page(slow))
	}
}

// slowOne holds one page until all others of its depth must have been fetched.
func slowOne(t *testing.T, n, limit int, slow string) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		w, gate := star(n), probe.NewGate()
		w.wait = func(ctx context.Context, url string) error {
			if url == slow {
				gate.Pass()
				return nil
			}
			return pause(ctx, time.Second)
		}
		done := w.begin(t.Context(), crawler.Options{MaxDepth: 1, MaxInFlight: limit})
		time.Sleep(time.Duration(n+2) * time.Second)
		probe.Equal(t, 2, fmt.Sprintf("pages fetched beside a slow one, %d at a time", limit), w.ended.Len(), n)
		gate.Open()
		<-done
	})
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		after           time.Duration
		limit, finished int // pages
	}{
		{2500 * time.Millisecond, 2, 3},
		{500 * time.Millisecond, 2, 0},
		{1500 * time.Millisecond, 0, 1},
		{4500 * time.Millisecond, 1, 4},
		{0, 3, 0}, // done on entry
	} {
		if !t.Failed() {
			probe.Bubble(t, func(t *testing.T) { cancelled(t, c.after, c.limit, c.finished) })
		}
	}
	if !t.Failed() {
		probe.Bubble(t, outOfTime)
		cancelledByTheLast(t)
	}
}

// Fetches that ignore ctx, and end long after Crawl has returned.
func TestAbandoned(t *testing.T) {
	probe.Check(t)
	limit := 2 + probe.Rand(t).IntN(5)
	for _, limit := range []int{limit, 1} {
		probe.Bubble(t, func(t *testing.T) {
			w, gate := star(3*limit), probe.NewGate()
			w.wait = holding(gate, func(url string) bool { return url != page(0) })
			ctx, cancel := context.WithCancel(t.Context())
			done := w.begin(ctx, crawler.Options{MaxDepth: 2, MaxInFlight: limit})
			probe.Equal(t, 2, "fetches in flight before ctx is cancelled", gate.Inside(), limit)
			cancel()
			abandoned(ctx, t, w, gate, done)
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) { // fetches that end with their ctx, and only then
		w := star(limit)
		w.wait = func(ctx context.Context, url string) error {
			if url != page(0) {
				<-ctx.Done()
			}
			return ctx.Err()
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := w.begin(ctx, crawler.Options{MaxDepth: 2})
		synctest.Wait()
		cancel()
		probe.Equal(t, 4, "error of a Crawl whose ctx is cancelled", ended(ctx, (<-done).err), "ctx's error")
		if synctest.Wait(); w.flight.In() > 0 {
			probe.Failf(t, 4, "the ctx that fetch got is not done when Crawl's ctx is cancelled")
		}
	})
	for _, opt := range []crawler.Options{{}, {MaxDepth: 2}, {MaxDepth: 2, MaxInFlight: limit}} {
		probe.Bubble(t, func(t *testing.T) {
			_, _ = crawler.Crawl(t.Context(), page(0), star(3*limit).fetch, opt)
			probe.NoneLeft(t, name(opt))
		})
	}
	probe.Bubble(t, nobodyFollows)
}

// More than ten fetches end at the same moment, and all their pages link to the
// same ones.
func TestTogether(t *testing.T) {
	probe.Check(t)
	n := 12 + probe.Rand(t).IntN(20)
	for _, limit := range []int{0, n} {
		for _, crawls := range []int{1, 2} {
			probe.Bubble(t, func(t *testing.T) { together(t, n, crawls, limit) })
		}
	}
	probe.Bubble(t, nested)
}

// together has crawls of their own go through n pages at the same time.
func together(t *testing.T, n, crawls, limit int) {
	gate := probe.NewGate()
	opt := crawler.Options{MaxDepth: 9, MaxInFlight: limit}
	call := fmt.Sprintf("%s, one of %d at the same time", name(opt), crawls)
	webs, done := make([]*web, crawls), make([]<-chan result, crawls)
	for i := range webs {
		w := star(n)
		leaves := w.links[page(0)]
		for _, leaf := range leaves {
			w.links[leaf] = append(w.links[leaf], page(1000), page(1001), page(0))
		}
		w.links[page(1000)], w.links[page(1001)] = leaves, leaves
		w.wait = holding(gate, func(url string) bool { return slices.Contains(leaves, url) })
		webs[i], done[i] = w, w.begin(t.Context(), opt)
	}
	synctest.Wait()
	gate.Open()
	for i, w := range webs {
		got := <-done[i]
		w.crawled(t, call, 1000, got.pages, got.err)
	}
}

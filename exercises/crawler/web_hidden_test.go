//go:build hidden

package crawler_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/crawler"
)

var (
	errMissing = errors.New("404 not found")
	errLate    = fmt.Errorf("%w in time: %w", errMissing, context.DeadlineExceeded) // the site's own deadline
	errLeft    = fmt.Errorf("%w: %w", errMissing, context.Canceled)                 // the site itself gave up
	errReason  = errors.New("the caller's reason")
)

// web is a web without a network: its pages are the keys of links.
type web struct {
	links   map[string][]string
	lists   map[string][]string                               // what fetch returns in place of links; may be nil
	broken  map[string]bool                                   // pages whose links come with failure
	failure error                                             // nil stands for errMissing
	wait    func(ctx context.Context, url string) (err error) // before a page is there; may be nil

	flight  probe.Gauge
	started probe.Log[string] // URLs whose fetch began,
	ended   probe.Log[string] // and those whose fetch came to its end
}

func (w *web) fetch(ctx context.Context, url string) ([]string, error) {
	w.flight.Enter()
	defer w.flight.Leave()
	w.started.Add(url)
	if w.wait != nil {
		if err := w.wait(ctx, url); err != nil {
			return nil, err
		}
	}
	w.ended.Add(url)
	links := w.links[url]
	if w.lists != nil {
		links = w.lists[url]
	}
	if w.broken[url] {
		return links, cmp.Or(w.failure, errMissing)
	}
	return links, nil
}

// fails says how fetch fails on pages that are broken, unless that is usual.
func (w *web) fails() string {
	if w.failure == nil {
		return ""
	}
	return fmt.Sprintf(" whose fetch fails with %s although ctx goes on", probe.ErrorName(w.failure))
}

// packed is a web whose lists of links lie side by side in one array, as a parser cuts
// them out of it: what a crawl appends to one of them is written into the next. Pages 1 and
// 2 come together; behind the list of each is that of a page which is fetched later.
func packed() *web {
	var all []string
	for i := range 10 {
		all = append(all, page(1+i))
	}
	w := &web{links: map[string][]string{}, lists: map[string][]string{}}
	order := []struct{ page, from int }{{1, 2}, {3, 6}, {2, 4}, {5, 8}, {0, 0}}
	var array []string
	for _, p := range order {
		array = append(array, all[p.from:p.from+2]...)
	}
	for k, p := range order {
		w.links[page(p.page)], w.lists[page(p.page)] = all[p.from:p.from+2], array[2*k:2*k+2]
	}
	return w
}

// within returns the URLs at most depth links from start, sorted.
func (w *web) within(start string, depth int) []string {
	near := map[string]bool{start: true}
	level := []string{start}
	for range depth {
		var next []string
		for _, from := range level {
			if w.broken[from] {
				continue
			}
			for _, to := range w.links[from] {
				if !near[to] {
					near[to] = true
					next = append(next, to)
				}
			}
		}
		level = next
	}
	return slices.Sorted(maps.Keys(near))
}

// page is the URL of page i.
func page(i int) string { return fmt.Sprintf("http://site.test/%d", i) }

// star is a web whose page 0 links to pages 1 to n, each of which links to one
// page more.
func star(n int) *web {
	w := &web{links: map[string][]string{}}
	for i := range n {
		leaf, child := page(i+1), page(i+1+n)
		w.links[page(0)] = append(w.links[page(0)], leaf)
		w.links[leaf], w.links[child] = []string{child}, nil
	}
	return w
}

// tangle is a web of n pages that link to each other, themselves and page 0 at
// random, some of them twice to the same page; some pages are broken.
func tangle(r *rand.Rand, n, links int) *web {
	w := &web{links: map[string][]string{}, broken: map[string]bool{}}
	for i := range n {
		list := []string{page(i), page(0)}
		for range r.IntN(2*links + 1) {
			list = append(list, page(r.IntN(n)))
		}
		if r.IntN(6) == 0 {
			list = nil
		}
		w.links[page(i)] = append(list, list[:len(list)/2]...)
		w.broken[page(i)] = i > 0 && r.IntN(6) == 0
	}
	w.links[page(0)] = append(w.links[page(0)], page(1), page(2), page(n-1))
	w.links[page(1)] = nil // a dead end at least
	w.broken[page(2)] = true
	w.links[page(2)] = append(w.links[page(2)], page(n))
	return w
}

// backwards is a chain of n pages, each of which links to all pages before it, too.
func backwards(n int) *web {
	w := &web{links: map[string][]string{}}
	var before []string
	for i := range n {
		before = append(before, page(i))
		w.links[page(i)] = append(slices.Clone(before), page(min(i+1, n-1)))
	}
	return w
}

// slow gives each page of w a latency of its own, up to a second.
func (w *web) slow(r *rand.Rand) *web {
	latency := map[string]time.Duration{}
	for _, url := range slices.Sorted(maps.Keys(w.links)) {
		latency[url] = time.Duration(1+r.IntN(1000)) * time.Millisecond
	}
	w.wait = func(ctx context.Context, url string) error { return pause(ctx, latency[url]) }
	return w
}

// pause waits for d, or for ctx.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// seconds is what a page of d takes.
func seconds(d time.Duration) func(context.Context, string) error {
	return func(ctx context.Context, _ string) error { return pause(ctx, d) }
}

// holding makes the pages that hold says wait for gate, whatever ctx does.
func holding(gate *probe.Gate, hold func(url string) bool) func(context.Context, string) error {
	return func(_ context.Context, url string) error {
		if hold(url) {
			gate.Pass()
		}
		return nil
	}
}

// kind is err's name in these tests.
func kind(err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "the page's error", Err: errMissing},
		probe.Named{Name: "only the cause of ctx's end", Err: errReason, Alone: true})
}

// crawled fails t unless got and err are those of a crawl of all URLs within
// depth of page 0, each of them fetched once.
func (w *web) crawled(t *testing.T, call string, depth int, got map[string]error, err error) bool {
	t.Helper()
	wrong := w.wrong(depth, got, err)
	if wrong == nil {
		return true
	}
	probe.Fail(t, wrong.contract, wrong.what+" of "+call, wrong.got, wrong.want)
	return false
}

// mistake is one difference from the contract.
type mistake struct {
	contract  int
	what      string
	got, want any
}

func (w *web) wrong(depth int, got map[string]error, err error) *mistake {
	want := w.within(page(0), depth)
	began := w.started.All()
	slices.Sort(began)
	keys := slices.Sorted(maps.Keys(got))
	far := 1 // the contract's number
	if depth < len(w.links) {
		far = 3
	}
	switch {
	case kind(err) != "nil":
		return &mistake{4, "error", kind(err), "nil"}
	case !slices.Equal(slices.Compact(slices.Clone(began)), want):
		return times(far, began, want)
	case !slices.Equal(began, want):
		return times(1, began, want)
	case !slices.Equal(keys, want):
		return &mistake{1, "URLs in the map", keys, want}
	}
	for _, url := range keys {
		name := "nil"
		if w.broken[url] {
			name = "the page's error"
		}
		if kind(got[url]) != name {
			return &mistake{1, "error of " + url + " in the map", kind(got[url]), name}
		}
	}
	return nil
}

// times names one URL that was not fetched as often as wanted.
func times(contract int, began, want []string) *mistake {
	count := func(list []string, url string) (n int) {
		for _, s := range list {
			if s == url {
				n++
			}
		}
		return n
	}
	for _, url := range slices.Concat(began, want) {
		if got, right := count(began, url), count(want, url); got != right {
			return &mistake{contract, fmt.Sprintf("number of fetches of %q on behalf", url), got, right}
		}
	}
	return nil
}

// result is what Crawl returned.
type result struct {
	pages map[string]error
	err   error
}

// begin calls Crawl on a goroutine of its own.
func (w *web) begin(ctx context.Context, opt crawler.Options) <-chan result {
	done := make(chan result, 1)
	go func() {
		pages, err := crawler.Crawl(ctx, page(0), w.fetch, opt)
		done <- result{pages, err}
	}()
	return done
}

func name(opt crawler.Options) string {
	return fmt.Sprintf("Crawl(ctx, start, fetch, Options{%d, %d})", opt.MaxDepth, opt.MaxInFlight)
}

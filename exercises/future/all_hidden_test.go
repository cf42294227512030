//go:build hidden

package future_test

import (
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/future"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// allValues resolves n futures a second apart in any order, some of them before
// All is called.
func allValues(t *testing.T, n int, perm func(int) []int) {
	t.Helper()
	futures, resolves := several(t, n)
	want := make([]int, n)
	order := perm(n)
	for i := range n {
		want[i] = 100 + i
	}
	resolves[order[0]](want[order[0]], nil)
	all := future.All(futures...)
	other, resolve := create(t)
	resolve(-1, nil)
	for i := range futures {
		futures[i] = other // the slice is the caller's
	}
	for k, i := range order[1:] {
		time.AfterFunc(time.Duration(k+1)*time.Second+offGrid, func() { resolves[i](want[i], nil) })
	}
	start := time.Now()
	call := fmt.Sprintf("All of %d futures resolved one after the other", n)
	probe.Equal(t, 4, call, await(all), show(want, nil))
	probe.Equal(t, 4, "time that "+call+" takes", time.Since(start), time.Duration(n-1)*time.Second+offGrid)
}

// oneThrice gives one future to All in three places.
func oneThrice(t *testing.T) {
	futures, resolves := several(t, 2)
	f, g := futures[0], futures[1]
	given := []*future.Future[int]{f, g, f, f}
	all := future.All(given...)
	clear(given) // the slice is the caller's
	resolves[1](2, nil)
	resolves[0](1, nil)
	probe.Equal(t, 4, "All(f, g, f, f) of f resolved with 1 and g with 2", await(all), show([]int{1, 2, 1, 1}, nil))
}

// allOfNils gathers values that an interface does not hold.
func allOfNils(t *testing.T) {
	f, resolve := future.New[any]()
	if f == nil || resolve == nil {
		probe.Failf(t, 1, "New() returned nil")
		return
	}
	all := future.All(f, f)
	resolve(nil, nil)
	probe.Equal(t, 4, "All(f, f) of a New[any]() resolved with (nil, nil)", await(all), show([]any{nil, nil}, nil))
}

// lastOfMany resolves n futures, more than a word has bits. All waits for the
// last one, too.
func lastOfMany(t *testing.T, n int) {
	t.Helper()
	futures, resolves := several(t, n)
	all := future.All(futures...)
	if all == nil {
		probe.Failf(t, 4, "All(...) returned nil")
		return
	}
	for _, resolve := range resolves[:n-1] {
		resolve(1, nil)
	}
	_, err := all.Await(done())
	call := fmt.Sprintf("All of %d futures", n)
	probe.Equal(t, 4, "error of Await(ctx), ctx done, of "+call+" before the last is resolved", name(probe.OfContext(done(), err)), "context.Canceled")
	resolves[n-1](1, nil)
	v, err, _ := patiently(all)
	sum := 0
	for _, one := range v {
		sum += one
	}
	probe.Equal(t, 4, "sum of the values of "+call+", each resolved with 1", show(sum, err), show(n, nil))
}

// firstError has three futures, one of which is never resolved: nothing may wait
// for that one.
func firstError(t *testing.T, early bool) {
	t.Helper()
	futures, resolves := several(t, 5) // number 0 and 3 stay unresolved
	future.All(futures[0], futures[3]) // nobody ever asks for it
	future.All(futures[0])             // nor for this one
	known, resolve := create(t)
	resolve(7, nil)
	future.All(known, futures[0]) // nor for this one, which has a value already
	if early {
		resolves[4](4, nil)
	}
	all := future.All(futures...)
	time.AfterFunc(time.Second+offGrid, func() { resolves[2](0, errLine) })
	time.AfterFunc(2*time.Second, func() { resolves[1](0, errPage) })
	start := time.Now()
	const call = "All of five futures: errLine at 1.000137 s, errPage at 2 s, and two that stay unresolved"
	probe.Equal(t, 4, call, errorOf(all), "errLine")
	probe.Equal(t, 4, "time that it takes to know the error of "+call, time.Since(start), time.Second+offGrid)
	time.Sleep(5 * time.Second)
	probe.Equal(t, 4, call+", a while later", errorOf(all), "errLine")
	start = time.Now()
	probe.Equal(t, 4, "All of an unresolved future and one that has failed", errorOf(future.All(futures[0], futures[1])), "errPage")
	probe.Equal(t, 4, "time that this takes", time.Since(start), 0)
}

// nobodyStays does all that one can do with futures. Goroutines may help until each has
// its outcome, and no longer.
func nobodyStays(t *testing.T) {
	futures, resolves := several(t, 2)
	all := future.All(futures...)
	if all == nil {
		probe.Failf(t, 4, "All(...) returned nil")
		return
	}
	all.OnDone(func([]int, error) {})
	_, _ = futures[0].Await(done())
	for _, resolve := range resolves {
		resolve(1, nil)
	}
	_, _ = all.Await(t.Context())
	_, _ = all.Await(done())
	if started := future.Start(func() (int, error) { return 7, nil }); started != nil {
		_, _ = started.Await(t.Context())
	}
	probe.NoneLeft(t, "the outcome of every future that New, Start and All have made")
}

func several(t *testing.T, n int) ([]*future.Future[int], []func(int, error) bool) {
	t.Helper()
	futures, resolves := make([]*future.Future[int], n), make([]func(int, error) bool, n)
	for i := range n {
		futures[i], resolves[i] = create(t)
	}
	return futures, resolves
}

// allMeetsResolve resolves two futures with the values 1 and 2, or with errors,
// while All is called, and while it waits.
func allMeetsResolve(t *testing.T, first, second error, want, orWant string) {
	t.Helper()
	check := func(s *explore.S, all *future.Future[[]int]) {
		var got string
		if first != nil || second != nil {
			got = errorOf(all)
		} else {
			got = await(all)
		}
		if got != want && got != orWant {
			s.Fail(4, fmt.Sprintf("All of two futures while they are resolved with %s and %s", show(1, first), show(2, second)),
				got, want)
		}
	}
	scenario(t, func(s *explore.S, a *future.Future[int], resolveA func(int, error) bool) {
		b, resolveB := future.New[int]()
		before := future.All(a, b)
		s.Go(func() { resolveA(1, first) })
		s.Go(func() { resolveB(2, second) })
		during := future.All(a, b)
		s.Wait()
		check(s, before)
		check(s, during)
	})
}

// allInParallel resolves n futures at the same time.
func allInParallel(t *testing.T, n int) {
	t.Helper()
	futures, resolves := several(t, n)
	want := make([]int, n)
	for i := range want {
		want[i] = i + 1
	}
	before := future.All(futures...)
	probe.Parallel(t, n+2, func(i int) {
		if i < n {
			resolves[i](i+1, nil)
			return
		}
		during := future.All(futures...)
		probe.Equal(t, 4, "All of 12 futures while they are resolved", await(during), show(want, nil))
	})
	probe.Equal(t, 4, "All of 12 futures resolved at the same time", await(before), show(want, nil))
}

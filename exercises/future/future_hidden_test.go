//go:build hidden

package future_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/future"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// The API, in this file's own words.
var (
	_ func() (*future.Future[int], func(int, error) bool)                    = future.New[int]
	_ func(*future.Future[string], context.Context) (string, error)          = (*future.Future[string]).Await
	_ func(*future.Future[string], func(string, error))                      = (*future.Future[string]).OnDone
	_ func(func() (string, error)) *future.Future[string]                    = future.Start[string]
	_ func(futures ...*future.Future[string]) (all *future.Future[[]string]) = future.All[string]
)

func TestFirstWins(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, failure := range []error{nil, errPage} {
		probe.Bubble(t, func(t *testing.T) {
			f, resolve := create(t)
			v := 1 + r.IntN(1000)
			want := show(v, failure)
			probe.Equal(t, 1, fmt.Sprintf("the first resolve%s", want), resolve(v, failure), true)
			for _, later := range []struct {
				v   int
				err error
			}{{v + 1, nil}, {0, errLine}, {v, failure}} {
				probe.Equal(t, 1, "resolve of a resolved future", resolve(later.v, later.err), false)
				probe.Equal(t, 1, "Await after a later resolve", await(f), want)
			}
		})
	}
	probe.Bubble(t, resolvedWithNil)
	scenario(t, func(s *explore.S, f *future.Future[int], resolve func(int, error) bool) {
		var first, second bool
		s.Go(func() { first = resolve(1, nil) })
		s.Go(func() { second = resolve(2, errPage) })
		s.Wait()
		want := show(1, nil)
		if second {
			want = show(2, errPage)
		}
		if first == second {
			s.Fail(1, "two resolves at the same time", fmt.Sprint(first, " and ", second), "one true and one false")
		} else if got := await(f); got != want {
			s.Fail(1, "Await after two resolves at the same time", got, want+", which the resolve that returned true gave")
		}
	})
}

func TestAwait(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) { manyWaiters(t, 300+r.IntN(20), 1+r.IntN(1000)) })
	probe.Bubble(t, func(t *testing.T) {
		v := 1 + r.IntN(1000)
		f, resolve := create(t)
		_, err := f.Await(done())
		probe.Equal(t, 2, "error of Await(ctx) of an unresolved future, ctx done", name(probe.OfContext(done(), err)), "context.Canceled")
		resolve(v, errPage)
		for range 100 {
			got, err := f.Await(done())
			if !probe.Equal(t, 2, "Await(ctx) of a resolved future, ctx done", show(got, err), show(v, errPage)) {
				return
			}
		}
	})
	probe.Bubble(t, nobodyFollows)
	probe.Bubble(t, started)
	probe.Bubble(t, func(t *testing.T) { startedTogether(t, 300) })
	scenario(t, func(s *explore.S, f *future.Future[int], resolve func(int, error) bool) {
		ctx, cancel := context.WithCancel(s.Context())
		defer cancel()
		var v int
		var err error
		s.Go(func() { v, err = f.Await(ctx) })
		s.Go(func() {
			resolve(7, nil)
			cancel()
		})
		s.Wait()
		if got := show(v, err); got != show(7, nil) {
			s.Fail(2, "Await(ctx) when f is resolved and ctx is cancelled after that", got, show(7, nil))
		}
	})
	scenario(t, func(s *explore.S, f *future.Future[int], _ func(int, error) bool) {
		ctx, cancel := context.WithCancel(s.Context())
		var err error
		s.Go(func() { _, err = f.Await(ctx) })
		s.Go(cancel)
		s.Wait()
		if got := name(probe.OfContext(ctx, err)); got != "context.Canceled" {
			s.Fail(2, "error of Await(ctx) of an unresolved future while ctx is cancelled", got, "context.Canceled")
		}
	})
	scenario(t, resolvedAfterCancel, explore.Schedules(300))
}

func TestCallbackOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, failure := range []error{nil, errPage} {
		probe.Bubble(t, func(t *testing.T) {
			v, n := 1+r.IntN(1000), 300+r.IntN(8) // a few come out of a map in order now and then
			f, resolve := create(t)
			var calls probe.Log[call]
			var want []call
			leave := func(name string) {
				f.OnDone(func(v int, err error) { calls.Add(call{name, show(v, err), probe.Goroutine()}) })
			}
			for i := range n {
				leave(fmt.Sprint("callback ", i+1))
			}
			probe.Equal(t, 3, "callbacks called before resolve", calls.Len(), 0)
			var resolver string
			var byThen []call
			probe.Parallel(t, 1, func(int) {
				resolver = probe.Goroutine()
				resolve(v, failure)
				byThen = calls.All()
			})
			for i := range n {
				want = append(want, call{fmt.Sprint("callback ", i+1), show(v, failure), resolver})
			}
			sameCalls(t, "when resolve returns", byThen, want)
			leave("a late callback")
			want = append(want, call{"a late callback", show(v, failure), probe.Goroutine()})
			sameCalls(t, "when an OnDone after resolve returns", calls.All(), want)
			resolve(v+1, nil)
			sameCalls(t, "after a second resolve", calls.All(), want)
			time.Sleep(time.Minute)
			sameCalls(t, "a minute later", calls.All(), want)
		})
	}
}

func TestCallbacksUseTheFuture(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		f, resolve := create(t)
		var order probe.Log[string]
		f.OnDone(func(int, error) {
			order.Add("first")
			v, err := f.Await(done())
			probe.Equal(t, 3, "Await(ctx) within a callback, ctx done", show(v, err), show(7, errPage))
			probe.Equal(t, 1, "resolve within a callback", resolve(8, nil), false)
			f.OnDone(func(v int, err error) { order.Add("nested " + show(v, err)) })
			order.Add("first ends")
		})
		f.OnDone(func(int, error) { order.Add("second") })
		probe.Equal(t, 1, "the first resolve", resolve(7, errPage), true)
		probe.Equal(t, 3, "what happens when a callback calls OnDone", fmt.Sprint(order.All()),
			fmt.Sprint([]string{"first", "nested " + show(7, errPage), "first ends", "second"}))
	})
	for _, more := range []func(*testing.T){whileACallbackRuns, lateCallback, callbackOfAnother, callbackOfAll, startInCallback} {
		if !t.Failed() {
			probe.Bubble(t, more)
		}
	}
}

func TestOnDoneMeetsResolve(t *testing.T) {
	probe.Check(t)
	scenario(t, func(s *explore.S, f *future.Future[int], resolve func(int, error) bool) {
		var calls [3]probe.Log[string]
		leave := func(i int) {
			f.OnDone(func(v int, err error) {
				calls[i].Add(show(v, err))
				if v, err := f.Await(done()); show(v, err) != show(7, nil) {
					s.Fail(2, "Await(ctx) within a callback, ctx done", show(v, err), show(7, nil))
				}
			})
		}
		leave(0)
		s.Go(func() { resolve(7, nil) })
		s.Go(func() { leave(1); leave(2) })
		s.Wait()
		for i := range calls {
			if got, want := fmt.Sprint(calls[i].All()), fmt.Sprint([]string{show(7, nil)}); got != want {
				s.Fail(3, "calls of a callback that OnDone registers while f is resolved", got, want)
			}
		}
	})
	scenario(t, func(s *explore.S, f *future.Future[int], resolve func(int, error) bool) {
		var calls probe.Gauge
		s.Go(func() { resolve(7, nil) })
		s.Go(func() {
			_, _ = f.Await(s.Context())
			f.OnDone(func(int, error) { calls.Enter() })
			if n := calls.Total(); n != 1 {
				s.Fail(3, "calls of a callback when its OnDone returns, called after an Await gave the outcome", n, 1)
			}
		})
		s.Wait()
	})
}

func TestAll(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		all := future.All[int]()
		if all == nil {
			probe.Failf(t, 4, "All() returned nil")
			return
		}
		synctest.Wait()
		v, err := all.Await(done())
		if probe.Equal(t, 4, "All() without futures", show(v, err), show([]int{}, nil)) && v == nil {
			probe.Fail(t, 4, "All() without futures", "a nil slice", "an empty slice that is not nil")
		}
	})
	probe.Bubble(t, func(t *testing.T) { allValues(t, 3+r.IntN(6), r.Perm) })
	probe.Bubble(t, oneThrice)
	probe.Bubble(t, allOfNils)
	probe.Bubble(t, func(t *testing.T) { lastOfMany(t, 300) })
	probe.Bubble(t, func(t *testing.T) { firstError(t, r.IntN(2) == 0) })
	probe.Bubble(t, nobodyStays)
	allMeetsResolve(t, nil, nil, show([]int{1, 2}, nil), show([]int{1, 2}, nil))
	allMeetsResolve(t, errPage, errLine, "errPage", "errLine")
	allMeetsResolve(t, nil, errLine, "errLine", "errLine")
}

// page is a result that nobody locks: the future alone hands it over.
type page struct{ words int }

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const callers, rounds = 12, 30
	for range rounds {
		probe.Bubble(t, func(t *testing.T) {
			f, resolve := future.New[*page]()
			if f == nil || resolve == nil {
				probe.Failf(t, 1, "New() returned nil")
				return
			}
			var won probe.Gauge
			var awaited, called probe.Log[int]
			probe.Parallel(t, callers, func(i int) {
				switch i % 3 {
				case 0:
					if resolve(&page{words: 7}, nil) {
						won.Enter()
					}
				case 1:
					p, _ := f.Await(t.Context())
					awaited.Add(p.words)
				default:
					f.OnDone(func(p *page, _ error) { called.Add(p.words) })
				}
			})
			probe.Equal(t, 1, "resolves that return true, of 4 at the same time", won.Total(), 1)
			probe.Equal(t, 2, "outcomes of 4 Awaits, each 7, while f is resolved", fmt.Sprint(awaited.All()), "[7 7 7 7]")
			probe.Equal(t, 3, "outcomes that 4 callbacks got, each 7 and once, left while f is resolved", fmt.Sprint(called.All()), "[7 7 7 7]")
		})
		probe.Bubble(t, func(t *testing.T) { allInParallel(t, callers) })
		if t.Failed() {
			return
		}
	}
}

func TestNilCallbacks(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		f, resolve := create(t)
		probe.WantPanic(t, 5, "OnDone(nil) of an unresolved future", func() { f.OnDone(nil) })
		if t.Failed() { // else resolve would call nil
			return
		}
		probe.Equal(t, 1, "the first resolve, after OnDone(nil) has panicked", resolve(7, nil), true)
		probe.WantPanic(t, 5, "OnDone(nil) of a resolved future", func() { f.OnDone(nil) })
		probe.WantPanic(t, 5, "Start(nil)", func() { future.Start[int](nil) })
		var calls probe.Gauge
		f.OnDone(func(int, error) { calls.Enter() })
		probe.Equal(t, 3, "calls of the callback of a resolved future whose OnDone(nil) has panicked", calls.Total(), 1)
		probe.Equal(t, 2, "Await after those", await(f), show(7, nil))
	})
}

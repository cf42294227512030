//go:build hidden

package future_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/future"
	"gorutinas/exercises/internal/probe"
)

// call is one call of a callback.
type call struct{ name, outcome, goroutine string }

func sameCalls(t *testing.T, when string, got, want []call) {
	t.Helper()
	if !probe.Equal(t, 3, "number of callbacks called "+when, len(got), len(want)) {
		t.FailNow()
	}
	for i, w := range want {
		what := fmt.Sprintf("callback called as number %d, %s", i+1, when)
		same := probe.Equal(t, 3, what, got[i].name, w.name) &&
			probe.Equal(t, 3, "outcome that the "+what+" got", got[i].outcome, w.outcome) &&
			probe.Equal(t, 3, "number of the goroutine of the "+what, got[i].goroutine, w.goroutine)
		if !same {
			t.FailNow()
		}
	}
}

// whileACallbackRuns looks at a future from outside while its resolver is held in
// the first callback.
func whileACallbackRuns(t *testing.T) {
	f, resolve := create(t)
	gate := probe.NewGate()
	var second, late probe.Gauge
	f.OnDone(func(int, error) { gate.Pass() })
	f.OnDone(func(int, error) { second.Enter() })
	var waiter probe.Log[string]
	go func() { waiter.Add(await(f)) }()
	synctest.Wait() // the waiter waits
	go resolve(7, nil)
	probe.Equal(t, 3, "callbacks that run after resolve, the first of which lasts", gate.Inside(), 1)
	probe.Equal(t, 3, "what an Await that has waited gave while the first callback runs",
		fmt.Sprint(waiter.All()), fmt.Sprint([]string{show(7, nil)}))
	v, err := f.Await(done())
	probe.Equal(t, 3, "Await(ctx) while the first callback runs, ctx done", show(v, err), show(7, nil))
	f.OnDone(func(int, error) { late.Enter() })
	probe.Equal(t, 3, "calls of a callback when its OnDone, called while an earlier callback runs, returns", late.Total(), 1)
	probe.Equal(t, 3, "calls of the second callback while the first runs", second.Total(), 0)
	gate.Open()
	synctest.Wait()
	probe.Equal(t, 3, "calls of the second callback in the end", second.Total(), 1)
	probe.Equal(t, 3, "calls of the late callback in the end", late.Total(), 1)
}

// lateCallback uses the future in a callback that OnDone calls at once.
func lateCallback(t *testing.T) {
	f, resolve := create(t)
	resolve(7, errPage)
	var order probe.Log[string]
	f.OnDone(func(int, error) {
		v, err := f.Await(t.Context())
		probe.Equal(t, 3, "Await within a callback of a resolved future", show(v, err), show(7, errPage))
		probe.Equal(t, 1, "resolve within a callback of a resolved future", resolve(8, nil), false)
		f.OnDone(func(v int, err error) { order.Add("nested " + show(v, err)) })
		order.Add("ends")
	})
	probe.Equal(t, 3, "what happens when a callback of a resolved future calls OnDone", fmt.Sprint(order.All()),
		fmt.Sprint([]string{"nested " + show(7, errPage), "ends"}))
}

// callbackOfAnother resolves a future in a callback of another one.
func callbackOfAnother(t *testing.T) {
	futures, resolves := several(t, 2)
	var order probe.Log[string]
	futures[0].OnDone(func(int, error) {
		order.Add("first")
		resolves[1](8, nil)
		order.Add("first ends")
	})
	futures[1].OnDone(func(int, error) { order.Add("the other's") })
	resolves[0](7, nil)
	probe.Equal(t, 3, "what happens when a callback resolves another future, which has a callback", fmt.Sprint(order.All()),
		fmt.Sprint([]string{"first", "the other's", "first ends"}))
}

// callbackOfAll resolves, in a callback of All, the futures that All has gathered, or
// waits for no more since one of them has failed.
func callbackOfAll(t *testing.T) {
	for _, failure := range []error{nil, errPage} {
		futures, resolves := several(t, 3)
		all := future.All(futures...)
		if all == nil {
			probe.Failf(t, 4, "All(...) returned nil")
			return
		}
		var calls probe.Gauge
		all.OnDone(func([]int, error) {
			calls.Enter()
			for _, resolve := range resolves {
				resolve(9, errLine)
			}
		})
		for _, resolve := range resolves {
			resolve(1, failure)
		}
		synctest.Wait() // All may have a goroutine do it
		when := fmt.Sprintf("All of three futures resolved with %s, whose callback resolves all three with errLine", show(1, failure))
		probe.Equal(t, 3, "calls of the callback of "+when, calls.Total(), 1)
		probe.Equal(t, 4, "error of "+when, errorOf(all), name(failure))
	}
}

// startInCallback starts a function in a callback that another one's goroutine
// calls: even that goroutine goes on at once.
func startInCallback(t *testing.T) {
	second := func() (int, error) {
		time.Sleep(time.Second + offGrid)
		return 7, nil
	}
	outer := future.Start(second)
	if outer == nil {
		probe.Failf(t, 5, "Start(fn) returned nil")
		return
	}
	var took probe.Log[time.Duration]
	inner := make(chan *future.Future[int], 2) // hands over in the race detector's view
	outer.OnDone(func(int, error) {
		took.Add(probe.Elapsed(func() { inner <- future.Start(second) }))
	})
	await(outer)
	time.Sleep(time.Minute)
	if probe.Equal(t, 5, "time that Start(fn of 1.000137 s) takes within a callback", fmt.Sprint(took.All()), fmt.Sprint([]time.Duration{0})) {
		probe.Equal(t, 5, "Await of a Start within a callback", await(<-inner), show(7, nil))
	}
}

//go:build hidden

package refcount_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/refcount"
)

// The API, to the letter.
var (
	_ func(value string, free func(string)) *refcount.Ref[string] = refcount.New[string]
	_ func(r *refcount.Ref[string]) (string, bool)                = (*refcount.Ref[string]).Acquire
	_ func(r *refcount.Ref[string])                               = (*refcount.Ref[string]).Release
	_ func(r *refcount.Ref[string]) int                           = (*refcount.Ref[string]).Count
)

func TestCount(t *testing.T) {
	probe.Check(t)
	rnd := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		o := newObject(1 + rnd.IntN(1000))
		o.follow(t, count)
		for range 200 {
			if o.model > 1 && rnd.IntN(2) == 0 {
				o.follow(t, release, count)
			} else {
				o.follow(t, acquire, count)
			}
		}
		probe.NoneLeft(t, "calls of Acquire, Release and Count")
	})
	probe.Bubble(t, manyReferences)
}

func TestFreeOnce(t *testing.T) {
	probe.Check(t)
	rnd := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		other := newObject(1001)
		for range 5 {
			o := newObject(1 + rnd.IntN(1000))
			for range rnd.IntN(9) {
				o.follow(t, acquire)
			}
			for o.model > 0 && !t.Failed() {
				o.follow(t, release)
				o.wantFreed(t)
			}
		}
		other.follow(t, acquire)
		other.wantFreed(t)
	})
	freeIsWaitedFor(t)
	probe.Bubble(t, freesZeroValues)
	probe.Bubble(t, freesSlices)
}

// freesZeroValues has values that say nothing, and are freed as all others are.
func freesZeroValues(t *testing.T) {
	zero := newObject(0)
	zero.follow(t, acquire, release, release)
	zero.wantFreed(t)
	var freed probe.Gauge
	r := refcount.New[error](nil, func(error) { freed.Enter() })
	acquired := apart(func() string { _, ok := r.Acquire(); return fmt.Sprint(ok) })
	probe.Equal(t, 1, "ok of Acquire() at a count of 1 when the value is nil", acquired, "true")
	for n := range 2 {
		probe.Equal(t, 2, fmt.Sprintf("calls of free after %d of 2 Releases when the value is nil", n), freed.Total(), 0)
		apart(func() string { r.Release(); return "" })
	}
	probe.Equal(t, 2, "calls of free after the last Release when the value is nil", freed.Total(), 1)
}

// freeIsWaitedFor keeps free inside: the last Release has not returned then.
func freeIsWaitedFor(t *testing.T) {
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		r := refcount.New(7, func(int) { gate.Pass() })
		var returned probe.Gauge
		go func() {
			r.Release()
			returned.Enter()
		}()
		probe.Equal(t, 2, "calls of free that run when Release has brought the count to 0", gate.Inside(), 1)
		time.Sleep(24 * time.Hour) // which free may take
		if returned.In() > 0 {
			probe.Failf(t, 2, "the last Release returned while free was still running")
		}
		gate.Open()
		synctest.Wait()
		if returned.In() == 0 {
			probe.Failf(t, 2, "the last Release waits for ever, although free has returned")
		}
	})
}

func TestNoRevival(t *testing.T) {
	probe.Check(t)
	rnd := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		for range 3 {
			o := newObject(1 + rnd.IntN(1000))
			for range rnd.IntN(3) {
				o.follow(t, acquire, release)
			}
			o.follow(t, count, release)
			for range 5 {
				o.follow(t, acquire, count)
			}
			o.wantFreed(t)
		}
	})
	probe.Bubble(t, goneForEver)
}

func TestReleaseAtZero(t *testing.T) {
	probe.Check(t)
	value := 1 + probe.Rand(t).IntN(1000)
	probe.Bubble(t, func(t *testing.T) {
		o := newObject(value)
		o.follow(t, count, release, release, count, acquire, release, release, count, acquire)
		o.wantFreed(t)
	})
}

// free itself looks around, and then others do while free is busy.
func TestWhileFreeRuns(t *testing.T) {
	probe.Check(t)
	value := 1 + probe.Rand(t).IntN(1000)
	probe.Bubble(t, func(t *testing.T) {
		var calls probe.Gauge
		var seen probe.Log[string]
		var r *refcount.Ref[int]
		r = refcount.New(value, func(int) {
			if calls.Next() == 1 {
				seen.Add(look(r))
			}
		})
		probe.Equal(t, 3, "Release() at a count of 1", apart(func() string { return release.on(r) }), "no panic")
		probe.Equal(t, 2, "Count(), Acquire() and Release() called by free", fmt.Sprint(seen.All()), fmt.Sprint([]string{allGone}))
	})
	if t.Failed() {
		return
	}
	probe.Bubble(t, freesAnother)
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		gate := probe.NewGate()
		r := refcount.New(value, func(int) { gate.Pass() })
		go r.Release()
		if !probe.Equal(t, 2, "calls of free that run when Release has brought the count to 0", gate.Inside(), 1) {
			return
		}
		var seen probe.Log[string]
		for range 3 {
			go func() { seen.Add(look(r)) }()
		}
		synctest.Wait()
		meanwhile := seen.All()
		gate.Open()
		synctest.Wait()
		switch {
		case seen.Len() != 3:
			probe.Failf(t, 2, "Count, Acquire or Release wait for ever, even when free has returned: a lock is kept, maybe by a Release that panicked at 0")
		case len(meanwhile) != 3:
			probe.Failf(t, 2, "Count, Acquire or Release wait while free runs")
		default:
			probe.Equal(t, 2, "Count(), Acquire() and Release() while free runs", meanwhile[0], allGone)
		}
	})
}

// freesAnother has a value that holds the last reference to another one, as a list
// holds what is in it, and whose end makes a new one.
func freesAnother(t *testing.T) {
	inner := newObject(2)
	var returned, freed probe.Gauge
	outer := refcount.New(1, func(int) {
		refcount.New(3, func(int) {})
		inner.ref.Release()
		for range inner.freed.Len() {
			freed.Enter()
		}
	})
	go func() {
		outer.Release()
		returned.Enter()
	}()
	synctest.Wait()
	if returned.Total() != 1 {
		probe.Failf(t, 2, "a Release waits for ever whose free calls New and makes the last Release of another Ref")
	}
	inner.model = 0
	inner.wantFreed(t)
	probe.Equal(t, 2, "calls of free of a Ref until its last Release, made by the free of another Ref, returns", freed.Total(), 1)
}

// allGone is what look sees at a count of 0.
const allGone = "0; 0, false; a panic"

// look makes one call of each method and lists the answers.
func look(r *refcount.Ref[int]) string {
	list := count.on(r)
	for _, op := range []call{acquire, release} {
		list += "; " + op.on(r)
	}
	return list
}

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const goroutines, rounds = 12, 2000
	var freed probe.Log[int]
	r := refcount.New(7, freed.Add)
	probe.Parallel(t, goroutines, func(i int) {
		for range rounds {
			if i%3 == 0 {
				r.Count()
			}
			if _, ok := r.Acquire(); ok {
				r.Release()
			}
		}
	})
	probe.Equal(t, 1, "Count() after as many Releases as Acquires", r.Count(), 1)
	for range goroutines - 1 {
		r.Acquire()
	}
	probe.Parallel(t, 2*goroutines, func(i int) {
		if i%2 == 0 {
			r.Release()
		} else if _, ok := r.Acquire(); ok {
			r.Release()
		}
	})
	probe.Equal(t, 2, "calls of free after the last of many Releases", freed.Len(), 1)
	probe.Equal(t, 1, "Count() after it", r.Count(), 0)
}

func TestOneStep(t *testing.T) {
	probe.Check(t)
	rnd := probe.Rand(t)
	together(t, 1, 1, row(acquire), row(acquire))
	together(t, 1, 1, row(release, acquire), row(acquire))
	together(t, 1, 2, row(release), row(release))
	besideFree(t, 1, 2, row(release), row(count, release))
	together(t, 1, 2, row(release, acquire), row(release), row(count, acquire))
	together(t, 1, 1, row(acquire, release), row(release), row(acquire))
	together(t, 1, 1, row(release, count), row(acquire, count))
	together(t, 3, 1, row(release, count), row(release, count))
	together(t, 3, 0, row(release, acquire), row(acquire, count), row(count))
	for range 5 {
		n := 1 + rnd.IntN(2)
		var rows [][]call
		for i := range 3 {
			rows = append(rows, randomRow(rnd, i < n))
		}
		together(t, 1, n, rows...)
	}
}

// randomRow returns two calls of a goroutine that holds a reference, or none. It
// releases only what it holds: not what another is about to acquire.
func randomRow(rnd *rand.Rand, holds bool) (list []call) {
	for range 2 {
		op := calls[rnd.IntN(len(calls))]
		for op == release && !holds {
			op = calls[rnd.IntN(len(calls))]
		}
		holds = op == acquire || op == count && holds
		list = append(list, op)
	}
	return list
}

func row(calls ...call) []call { return calls }

// A nil free is refused where it comes in, and nothing else is.
func TestNilFree(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		newObject(7).follow(t, count)
		if probe.Recovered(func() { refcount.New[int](7, nil) }) == nil {
			probe.Fail(t, 4, "New(7, nil)", "no panic", "a panic")
		}
		if probe.Recovered(func() { refcount.New[error](nil, nil) }) == nil {
			probe.Fail(t, 4, "New[error](nil, nil)", "no panic", "a panic")
		}
	})
}

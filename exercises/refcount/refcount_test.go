package refcount_test

import (
	"fmt"
	"testing"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/refcount"
)

// TestTwoNames is what `b = a`, `del a` and `del b` do to an object of CPython.
func TestTwoNames(t *testing.T) {
	probe.Check(t)
	var freed probe.Log[string]
	r := refcount.New("list", freed.Add)
	probe.Equal(t, 1, "Count() after New", r.Count(), 1)

	value, ok := r.Acquire()
	probe.Equal(t, 1, "Acquire() at 1", fmt.Sprint(value, " ", ok), "list true")
	probe.Equal(t, 1, "Count() after Acquire", r.Count(), 2)

	r.Release()
	probe.Equal(t, 2, "calls of free with one reference left", freed.Len(), 0)
	r.Release()
	probe.Equal(t, 2, "calls of free with none left", fmt.Sprint(freed.All()), "[list]")
}

// TestGoneForEver: nobody brings back what has been freed.
func TestGoneForEver(t *testing.T) {
	probe.Check(t)
	r := refcount.New("list", func(string) {})
	probe.Equal(t, 1, "Count() after New", r.Count(), 1)
	r.Release()

	value, ok := r.Acquire()
	probe.Equal(t, 1, "Acquire() at 0", fmt.Sprintf("%q %v", value, ok), `"" false`)
	probe.Equal(t, 1, "Count() at 0", r.Count(), 0)
	probe.Equal(t, 3, "Release() at 0 panics", probe.Recovered(r.Release) != nil, true)
}

// TestManyThreads is what CPython needs its lock for: ten threads that take and
// drop references to one object.
func TestManyThreads(t *testing.T) {
	probe.Check(t)
	var freed probe.Log[string]
	r := refcount.New("None", freed.Add)

	probe.Parallel(t, 10, func(int) {
		for range 10_000 {
			if _, ok := r.Acquire(); ok {
				r.Release()
			}
		}
	})

	probe.Equal(t, 1, "Count() after 100000 times Acquire and Release", r.Count(), 1)
	probe.Equal(t, 2, "calls of free so far", freed.Len(), 0)
}

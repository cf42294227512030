package gil_test

import (
	"testing"
	"time"

	"gorutinas/exercises/gil"
	"gorutinas/exercises/internal/probe"
)

// patience bounds, in virtual time, how long a wrong program may wait.
const patience = time.Minute

// TestCountTogether has ten goroutines add to a plain int: the lock is all that
// keeps them apart.
func TestCountTogether(t *testing.T) {
	probe.Check(t)
	var g gil.GIL
	count := 0

	probe.Parallel(t, 10, func(int) {
		for range 1000 {
			g.Run(func(func(func())) { count++ })
		}
	})

	probe.Equal(t, 1, "a count to which 10 goroutines have added 1000 times", count, 10_000)
}

// TestTwoDownloads is the seed's pair of downloads: both are under way at the
// same time, since the lock is free meanwhile.
func TestTwoDownloads(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		both := probe.NewRendezvous(2)
		met := make([]bool, 2)

		probe.Parallel(t, 2, func(i int) {
			g.Run(func(blocking func(io func())) {
				blocking(func() { met[i] = both.Meet(patience) })
			})
		})

		probe.Equal(t, 1, "two calls of blocking run their io at the same time", met[0] && met[1], true)
	})
}

// TestCountAfterDownload counts before and after each download: after it the
// lock is held again.
func TestCountAfterDownload(t *testing.T) {
	probe.Check(t)
	var g gil.GIL
	started, finished := 0, 0

	probe.Parallel(t, 10, func(int) {
		for range 500 {
			g.Run(func(blocking func(io func())) {
				started++
				blocking(func() {}) // a short one
				finished++
			})
		}
	})

	probe.Equal(t, 1, "downloads that 10 goroutines started 500 times each", started, 5000)
	probe.Equal(t, 1, "downloads counted after blocking has returned", finished, 5000)
}

// TestPanic has a body panic: the caller of Run can recover the value, and
// others go on.
func TestPanic(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL

		value := probe.Recovered(func() {
			g.Run(func(func(func())) { panic("no memory") })
		})
		probe.Equal(t, 2, `Run of a body that calls panic("no memory") panics with it`, value == "no memory", true)

		next := make(chan struct{})
		go g.Run(func(func(func())) { close(next) })
		select {
		case <-next:
		case <-time.After(patience):
			probe.Failf(t, 2, "after a panic in body the next Run waits for ever")
		}
	})
}

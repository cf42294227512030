//go:build hidden

package iterators_test

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
	"time"

	"gorutinas/exercises/internal/probe"
)

// offGrid is no whole number of milliseconds: who looks every millisecond whether
// something has ended sees it too late.
const offGrid = 137 * time.Microsecond

// source counts what is done to its iterators.
type source struct{ started, pulled, finished probe.Gauge }

// seq yields 1, 2, ..., n.
func (s *source) seq(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		s.started.Enter()
		defer s.finished.Enter()
		for v := 1; v <= n; v++ {
			if s.pulled.Enter(); !yield(v) {
				return
			}
		}
	}
}

// words yields the numbers of seq as words of another type.
func words(seq iter.Seq[int]) iter.Seq[string] {
	return func(yield func(string) bool) {
		seq(func(n int) bool { return yield(word(n)) })
	}
}

func word(n int) string { return fmt.Sprintf("w%d", n) }

// zipped is what joined makes of n pairs of numbers and words.
func zipped(n int) (want []string) {
	for v := range n {
		want = append(want, fmt.Sprint(v+1, " ", word(v+1)))
	}
	return want
}

// upTo returns 1 to n.
func upTo(n int) (want []int) {
	for v := range n {
		want = append(want, v+1)
	}
	return want
}

func texts(n int) (want []string) {
	for v := range n {
		want = append(want, fmt.Sprint(v+1))
	}
	return want
}

func countdown(from int) (want []int) {
	for v := from; v > 0; v-- {
		want = append(want, v)
	}
	return want
}

// fibonacci returns all numbers that fit.
func fibonacci() (want []uint64) {
	for a, b := uint64(0), uint64(1); ; a, b = b, a+b {
		if want = append(want, a); a == 12200160415121876738 {
			return want
		}
	}
}

// filled returns a channel that holds 1 to n: what is missing from it later has
// been received.
func filled(n int) chan int {
	in := make(chan int, n+1)
	for v := range n {
		in <- v + 1
	}
	return in
}

// same says whether seq yields exactly want.
func same[T comparable](seq iter.Seq[T], want []T) bool {
	got, _ := first(seq, len(want)+1)
	return slices.Equal(got, want)
}

// allocated is how many bytes this process has ever allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

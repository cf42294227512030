//go:build hidden

package iterators_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"
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

// wantNotAhead wants a Zip to have left alone what it needs for no pair. Its sources
// may wait with a value each, and with one more if they run by themselves.
func wantNotAhead(t *testing.T, contract int, call string, a, b *source, pairs int) {
	t.Helper()
	if ahead := max(a.pulled.Total(), b.pulled.Total()) - pairs; ahead > 2 {
		probe.Fail(t, contract, fmt.Sprintf("values that %s has pulled beyond its %d pairs", call, pairs), ahead, "at most 2")
	}
}

// withinItself ranges over seq within a range over it, at the third value.
func withinItself[T comparable](t *testing.T, call string, seq iter.Seq[T], want []T) bool {
	t.Helper()
	var outer, inner []T
	seq(func(v T) bool {
		if outer = append(outer, v); len(outer) == 3 {
			inner, _ = first(seq, len(want)+1)
		}
		return len(outer) <= len(want)
	})
	if !slices.Equal(outer, want) || !slices.Equal(inner, want) {
		probe.Failf(t, 1, "a range over %s within a range over the same iterator disturbs it", call)
		return false
	}
	return true
}

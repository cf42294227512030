package iterators_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/iterators"
)

// The countdown of the course notes: for numero in cuenta_regresiva(5).
func TestCountdownFromFive(t *testing.T) {
	probe.Check(t)
	expect(t, 1, "Countdown(5)", iterators.Countdown(5), true, 5, 4, 3, 2, 1)
}

// Fibonacci is cut short by break: yield returns false, and the iterator ends.
func TestFibonacciBreak(t *testing.T) {
	probe.Check(t)
	expect(t, 1, "Fibonacci()", iterators.Fibonacci(), false, 0, 1, 1, 2, 3, 5, 8, 13, 21, 34)
}

// Take makes an end of what has none, as often as one likes.
func TestTakeTwice(t *testing.T) {
	probe.Check(t)
	four := iterators.Take(naturals, 4)
	expect(t, 2, "Take(seq, 4)", four, true, 1, 2, 3, 4)
	expect(t, 1, "a second range over Take(seq, 4)", four, true, 1, 2, 3, 4)
}

// Zip counts down beside a list.
func TestZipPairs(t *testing.T) {
	probe.Check(t)
	pairs := iterators.Zip(slices.Values([]string{"ready", "steady", "go"}), naturals)
	expect(t, 2, "Zip of 3 words and all numbers", joined(pairs), true, "ready 1", "steady 2", "go 3")
}

// A channel becomes an iterator, and an iterator a channel.
func TestThereAndBack(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		in := make(chan int, 3)
		in <- 3
		in <- 1
		in <- 2
		close(in)
		expect(t, 3, "FromChan(ctx, in)", iterators.FromChan(t.Context(), in), true, 3, 1, 2)
		out := iterators.ToChan(t.Context(), slices.Values([]int{4, 6, 5}))
		for _, want := range []string{"4", "6", "5", "closed"} {
			probe.Equal(t, 3, "receive from ToChan(ctx, seq) of 4, 6, 5", probe.Next(out), want)
		}
	})
}

// naturals yields 1, 2, 3, ... for as long as somebody wants more.
func naturals(yield func(int) bool) {
	for n := 1; yield(n); n++ {
	}
}

// joined yields each pair as one text. A nil seq stays nil.
func joined[A, B any](seq iter.Seq2[A, B]) iter.Seq[string] {
	if seq == nil {
		return nil
	}
	return func(yield func(string) bool) {
		seq(func(a A, b B) bool { return yield(fmt.Sprint(a, " ", b)) })
	}
}

// expect ranges over seq and wants these values, and then its end if it ends;
// otherwise it breaks at the last one. It says whether all was right.
func expect[T comparable](t *testing.T, contract int, call string, seq iter.Seq[T], ends bool, want ...T) bool {
	t.Helper()
	limit := len(want)
	if ends {
		limit++
	}
	got, calls := first(seq, limit)
	switch {
	case seq == nil:
		probe.Failf(t, contract, "%s is a nil iterator", call)
	case !slices.Equal(got, want):
		i := differ(got, want)
		probe.Fail(t, contract, fmt.Sprintf("value number %d of %s", i+1, call), at(got, i), at(want, i))
	case calls > limit:
		probe.Failf(t, contract, "%s goes on after break, when yield has returned false", call)
	default:
		return true
	}
	return false
}

// differ returns where two unequal slices differ first.
func differ[T comparable](a, b []T) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// at says what values has at i: the end is no value.
func at[T any](values []T, i int) string {
	if i >= len(values) {
		return "the end"
	}
	return fmt.Sprint(values[i])
}

// first returns the first values of seq, up to limit, and how often yield was
// called. What goes on regardless is stopped by a panic.
func first[T any](seq iter.Seq[T], limit int) (got []T, calls int) {
	const regardless = "goes on after break"
	defer func() {
		if p := recover(); p != nil && p != regardless {
			panic(p)
		}
	}()
	if seq == nil {
		return nil, 0
	}
	seq(func(v T) bool {
		calls++
		if calls > limit {
			panic(regardless)
		}
		got = append(got, v)
		return calls < limit
	})
	return got, calls
}

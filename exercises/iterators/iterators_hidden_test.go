//go:build hidden

package iterators_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/iterators"
)

// The API, to the letter.
var (
	_ func(from int) iter.Seq[int]                                               = iterators.Countdown
	_ func() iter.Seq[uint64]                                                    = iterators.Fibonacci
	_ func(seq iter.Seq[string], n int) iter.Seq[string]                         = iterators.Take[string]
	_ func(as iter.Seq[string], bs iter.Seq[float64]) iter.Seq2[string, float64] = iterators.Zip[string, float64]
	_ func(ctx context.Context, in <-chan string) iter.Seq[string]               = iterators.FromChan[string]
	_ func(ctx context.Context, seq iter.Seq[string]) <-chan string              = iterators.ToChan[string]
)

func TestNumbers(t *testing.T) {
	probe.Check(t)
	n := 10 + probe.Rand(t).IntN(90)
	expect(t, 1, "Fibonacci()", iterators.Fibonacci(), true, fibonacci()...)
	for _, from := range []int{n, 1, 0, -1, math.MinInt} {
		expect(t, 1, fmt.Sprintf("Countdown(%d)", from), iterators.Countdown(from), true, countdown(from)...)
	}
	before := probe.Allocated()
	expect(t, 1, "Countdown(1000000)", iterators.Countdown(1_000_000), false, 1_000_000, 999_999)
	if used := probe.Allocated() - before; used > 1<<20 {
		probe.Failf(t, 1, "Countdown(1000000) takes %d KiB for its first two values: it works them all out beforehand", used>>10)
	}
	if !t.Failed() {
		expect(t, 1, "Countdown(math.MaxInt)", iterators.Countdown(math.MaxInt), false, math.MaxInt, math.MaxInt-1, math.MaxInt-2)
		all := fibonacci()
		for n := range all { // break at each of them
			expect(t, 1, "Fibonacci()", iterators.Fibonacci(), false, all[:n+1]...)
		}
	}
}

func TestTake(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	for _, c := range []struct{ has, n, wanted int }{
		{n + 5, n, n + 1}, // to its end
		{n + 5, n, n},     // break at the last value, and before
		{n + 5, n, 1},
		{n, n, n + 1}, // the source ends at the same time, and earlier
		{n - 2, n, n + 1},
		{0, n, 1},
		{n, 1, 2}, // one value, none, and less
		{n, 0, 1},
		{n, -n, 1},
		{n, math.MinInt, 1},
		{n, math.MaxInt, n + 1},
	} {
		var s source
		call := fmt.Sprintf("Take(seq, %d) of a seq of %d values", c.n, c.has)
		yields := max(min(c.has, c.n), 0)
		if c.wanted <= yields {
			expect(t, 2, call, iterators.Take(s.seq(c.has), c.n), false, upTo(c.wanted)...)
		} else {
			expect(t, 2, call, iterators.Take(s.seq(c.has), c.n), true, upTo(yields)...)
		}
		probe.Equal(t, 2, fmt.Sprintf("values that %s has pulled when %d were wanted", call, c.wanted), s.pulled.Total(), min(yields, c.wanted))
		probe.Equal(t, 2, "sources that have not finished after "+call, s.started.Total()-s.finished.Total(), 0)
		if t.Failed() {
			return
		}
	}
}

func TestZip(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	for _, has := range [][2]int{{n, n}, {n, n + 5}, {n + 5, n}, {0, n}, {n, 0}, {0, 0}} {
		probe.Bubble(t, func(t *testing.T) {
			var a, b source
			pairs := iterators.Zip(a.seq(has[0]), words(b.seq(has[1])))
			call := fmt.Sprintf("Zip of %d and %d values", has[0], has[1])
			probe.Equal(t, 1, "values pulled before the range over "+call, a.pulled.Total()+b.pulled.Total(), 0)
			shorter := min(has[0], has[1])
			expect(t, 2, call, joined(pairs), true, zipped(shorter)...)
			wantNotAhead(t, 2, call, &a, &b, shorter)
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		var a, b source
		const call = "Zip of 10000 and 10000 values"
		expect(t, 1, call, joined(iterators.Zip(a.seq(10_000), words(b.seq(10_000)))), false, zipped(n)...)
		wantNotAhead(t, 1, call, &a, &b, n)
	})
	probe.Bubble(t, func(t *testing.T) { zipInStep(t, 1) })
	probe.Bubble(t, func(t *testing.T) { zipInStep(t, 2) })
	probe.Bubble(t, func(t *testing.T) {
		var a, b source
		pairs := 0
		iterators.Zip(a.seq(3), words(b.seq(3)))(func(int, string) bool {
			time.Sleep(24 * time.Hour) // nobody gives up meanwhile
			pairs++
			return true
		})
		probe.Equal(t, 2, "pairs of Zip of 3 and 3 values when the loop's body takes a day", pairs, 3)
	})
}

func TestZipLetsFinish(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	for _, has := range [][2]int{{n, n}, {n, n + 5}, {n + 5, n}} {
		for _, wanted := range []int{1, n - 1, n, n + 1} {
			call := fmt.Sprintf("Zip of %d and %d values, of which %d pairs are wanted", has[0], has[1], wanted)
			probe.Bubble(t, func(t *testing.T) {
				var a, b source
				if expect(t, 2, call, joined(iterators.Zip(a.seq(has[0]), words(b.seq(has[1])))), wanted > n, zipped(min(wanted, n))...) {
					wantFinished(t, call, &a, &b)
				}
			})
			probe.Bubble(t, func(t *testing.T) {
				zipPanics(t, has, min(wanted, n), new(int))
			})
			probe.Bubble(t, func(t *testing.T) {
				zipPanics(t, has, min(wanted, n), probe.Recovered(func() { _ = has[len(call)] }))
			})
			if t.Failed() {
				return
			}
		}
	}
}

func TestFromChan(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go first(iterators.FromChan(ctx, make(chan int)), 1) // it waits, and keeps nobody else waiting
		synctest.Wait()
		in := filled(n)
		go func() {
			time.Sleep(10 * time.Minute)
			in <- n + 1
			time.Sleep(10*time.Minute + offGrid)
			close(in)
		}()
		took := probe.Elapsed(func() {
			expect(t, 3, "FromChan(ctx, in)", iterators.FromChan(probe.Foreign(t.Context()), in), true, upTo(n+1)...)
		})
		probe.Equal(t, 3, "end of FromChan(ctx, in) when in is closed after 20m0.000137s", took, 20*time.Minute+offGrid)
	})
	for _, early := range []bool{true, false} {
		probe.Bubble(t, func(t *testing.T) { endsInSilence(t, n, early) })
	}
	probe.Bubble(t, func(t *testing.T) {
		in := make(chan error, 2)
		in <- nil
		in <- nil
		close(in)
		expect(t, 3, "FromChan(ctx, in) of two nil errors", iterators.FromChan(t.Context(), in), true, nil, nil)
		probe.NoneLeft(t, "a range over FromChan(ctx, in) to its end")
	})
	for i := range 40 { // a select that finds both ready tosses a coin
		probe.Bubble(t, func(t *testing.T) { cancelWithin(t, n, i%2 == 0) })
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		in := filled(n)
		ctx := probe.Foreign(t.Context()) // a goroutine follows it for whoever waits for it
		expect(t, 1, "FromChan(ctx, in)", iterators.FromChan(ctx, in), false, upTo(2)...)
		probe.Equal(t, 1, "values that FromChan(ctx, in) has received when 2 were wanted", n-len(in), 2)
	})
	probe.Bubble(t, func(t *testing.T) { // break ends it, though in has nothing more to give
		expect(t, 1, "FromChan(ctx, in) whose in is silent in the end", iterators.FromChan(t.Context(), filled(n)), false, upTo(n)...)
	})
	probe.Bubble(t, rangedTwice)
	probe.Bubble(t, rangedAtOnce)
	explore.Run(t, sentAfterCancel)
	explore.Run(t, sharedOut)
}

func TestToChan(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	for _, has := range []int{n, 1, 0} {
		probe.Bubble(t, func(t *testing.T) {
			var s source
			call := fmt.Sprintf("ToChan(ctx, seq) of %d values", has)
			probe.Receive(t, 3, call, iterators.ToChan(probe.Foreign(t.Context()), s.seq(has)), append(texts(has), "closed", "closed")...)
			probe.Equal(t, 3, "sources that have finished after "+call, s.finished.Total(), 1)
		})
	}
	probe.Bubble(t, noValue)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		start := time.Now()
		iterators.ToChan(ctx, func(func(int) bool) { time.Sleep(time.Minute) })
		probe.Equal(t, 3, "time until ToChan(ctx, seq) returns its channel when seq works for a minute", time.Since(start), 0)
		toChanAhead(t, n, func(seq iter.Seq[int]) <-chan int { return iterators.ToChan(ctx, seq) })
	})
}

// noValue has a seq of values that are nil, which are no end.
func noValue(t *testing.T) {
	nils := slices.Values([]error{nil, nil})
	probe.Receive(t, 3, "ToChan(ctx, seq) of two nil errors", iterators.ToChan(t.Context(), nils), "<nil>", "<nil>", "closed")
}

func TestToChanEnds(t *testing.T) {
	probe.Check(t)
	n := probe.Rand(t).IntN(20)
	probe.Bubble(t, func(t *testing.T) { abandoned(t, 0) })
	probe.Bubble(t, func(t *testing.T) { abandoned(t, n) })
	probe.Bubble(t, func(t *testing.T) { abandoned(t, 100+n) })
	probe.Bubble(t, func(t *testing.T) { cancelledWithin(t, n) })
	probe.Bubble(t, func(t *testing.T) { stillReceiving(t, n) })
	for more := range 5 { // who looks at ctx now and then may look just in time
		if !t.Failed() {
			probe.FewAfterCancel(t, 3, "ToChan(ctx, seq)", n+more, 2, func(ctx context.Context) <-chan int {
				return iterators.ToChan(ctx, iterators.Countdown(1000))
			})
		}
	}
	if !t.Failed() {
		exploreToChan(t)
	}
}

// The same iterators, ranged over by many goroutines at once and within each
// other, disturb none of them.
func TestStartsAnew(t *testing.T) {
	probe.Check(t)
	const goroutines = 12
	wrong := make([]string, goroutines)
	probe.Parallel(t, goroutines, func(i int) { // before any range: what they work out they could keep
		if !same(iterators.Fibonacci(), fibonacci()) {
			wrong[i] = "Fibonacci"
		}
	})
	var s source
	down, fib := iterators.Countdown(40), iterators.Fibonacci()
	some := iterators.Take(s.seq(30), 20)
	pairs := joined(iterators.Zip(s.seq(30), words(s.seq(25))))
	ok := expect(t, 1, "Countdown(40)", down, false, 40, 39) && expect(t, 1, "a second range over Countdown(40)", down, true, countdown(40)...) &&
		expect(t, 1, "Fibonacci()", fib, false, 0, 1) && expect(t, 1, "a second range over Fibonacci()", fib, true, fibonacci()...) &&
		expect(t, 1, "Take(seq, 20)", some, false, 1, 2) && expect(t, 1, "a second range over Take(seq, 20)", some, true, upTo(20)...) &&
		expect(t, 1, "Zip", pairs, false, zipped(2)...) && expect(t, 1, "a second range over Zip", pairs, true, zipped(25)...)
	ok = ok && withinItself(t, "Countdown(40)", down, countdown(40)) && withinItself(t, "Fibonacci()", fib, fibonacci()) &&
		withinItself(t, "Take(seq, 20)", some, upTo(20)) && withinItself(t, "Zip", pairs, zipped(25))
	if !ok {
		return
	}
	probe.Parallel(t, goroutines, func(i int) {
		down(func(v int) bool {
			switch {
			case v%10 == 5 && !same(down, countdown(40)):
				wrong[i] = "Countdown"
			case v%10 == 4 && !same(fib, fibonacci()):
				wrong[i] = "Fibonacci"
			case v%10 == 3 && !same(some, upTo(20)):
				wrong[i] = "Take"
			case v%10 == 2 && !same(pairs, zipped(25)):
				wrong[i] = "Zip"
			}
			return wrong[i] == ""
		})
	})
	if i := slices.IndexFunc(wrong, func(s string) bool { return s != "" }); i >= 0 {
		probe.Failf(t, 1, "a range over %s goes wrong when %d goroutines do it at once", wrong[i], goroutines)
	}
}

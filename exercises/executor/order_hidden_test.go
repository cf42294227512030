//go:build hidden

package executor_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

func TestFirstComeFirstServed(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	n := 24 + r.IntN(8)       // a short line comes out of a map in order now and then
	leaver := 1 + r.IntN(n-3) // at least two stand behind it
	for _, workers := range []int{1, 2} {
		probe.Bubble(t, func(t *testing.T) { inLine(t, workers, n, leaver) })
	}
	if !t.Failed() {
		explore.Run(t, func(s *explore.S) { comesBack(s, "", func() {}) })
	}
	if !t.Failed() {
		explore.Run(t, func(s *explore.S) { comesBack(s, ", after a panic", func() { panic("no network") }) })
	}
}

// inLine has n Runs wait, one of which leaves, until one place of workers comes
// free. The others stay taken, and nobody may wait for these alone.
func inLine(t *testing.T, workers, n, leaver int) {
	t.Helper()
	e, first, gate := held(t, workers)
	slow := probe.NewGate()
	for range workers - 1 {
		begin(t.Context(), e, func(context.Context) (int, error) {
			slow.Pass()
			return 0, nil
		})
	}
	leaves, leave := context.WithCancel(t.Context())
	defer leave()
	var order probe.Log[int]
	var want []int
	for i := range n {
		synctest.Wait() // those before it stand in line
		if i == leaver {
			begin(leaves, e, value(&order, i))
		} else {
			begin(t.Context(), e, value(&order, i))
			want = append(want, i)
		}
	}
	synctest.Wait()
	leave()
	synctest.Wait() // the others have closed ranks
	gate.Open()
	first.gave(t, 2, "the Run before the line", 1)
	switch got := order.All(); {
	case slices.Contains(got, leaver):
		probe.Failf(t, 2, "of %d Runs that waited in line, number %d was cancelled, and yet its function ran", n, leaver)
	case !slices.Equal(got, want):
		call := fmt.Sprintf("order of %d Runs that waited in line, which number %d has left, when one place of New(%d) comes free", n, leaver, workers)
		probe.Fail(t, 1, call, got, want)
	}
	slow.Open()
	shut(t, e)
}

// comesBack has a caller call Run again as soon as its first Run returns, whose function
// ends in the way that end says. Time goes on only when all stand still, so that by then
// the other is in line, if it did not come first.
func comesBack(s *explore.S, how string, end func()) {
	e := executor.New(1)
	var order probe.Log[string]
	s.Go(func() {
		var first, again outcome
		first.run(context.Background(), e, func() {
			time.Sleep(time.Second)
			end()
		})
		again.run(context.Background(), e, func() { order.Add("again") })
	})
	s.Go(func() {
		var other outcome
		other.run(context.Background(), e, func() { order.Add("other") })
	})
	s.Wait()
	if got := fmt.Sprint(order.All()); got != "[other again]" {
		s.Fail(1, "order of a Run that waits in line and one that the caller before it calls again at once"+how, got, "[other again]")
	}
	e.Close()
}

// endOfLine cancels a Run behind more than a channel may have room for.
func endOfLine(t *testing.T) {
	const before = 300
	e, first, gate := held(t, 1)
	var ran probe.Log[int]
	for range before {
		begin(t.Context(), e, value(&ran, 1))
	}
	synctest.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	last := begin(ctx, e, value(&ran, 2))
	synctest.Wait()
	cancel()
	last.failed(t, 2, fmt.Sprintf("a Run in line behind %d others whose ctx is cancelled", before), "context.Canceled")
	gate.Open()
	first.gave(t, 2, "the Run before the line", 1)
	probe.Equal(t, 2, fmt.Sprintf("functions that ran of a line of %d, when the last had been cancelled", before+1), ran.Len(), before)
	shut(t, e)
}

package probe

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// holding returns a channel that holds n values, and closes it unless it is silent
// afterwards.
func holding(n int, silent bool) <-chan int {
	ch := make(chan int, n)
	for i := range n {
		ch <- i + 1
	}
	if !silent {
		close(ch)
	}
	return ch
}

func TestNextAndReceive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ch := holding(2, false)
		require.Equal(t, []string{"1", "2", "closed"}, []string{Next(ch), Next(ch), Next(ch)})
		require.Equal(t, time.Minute, Elapsed(func() { require.Equal(t, "nothing", Next(holding(0, true))) }))
		require.True(t, Receive(t, 1, "f()", holding(1, false), "1", "closed"))

		defer func(before record) { done = before }(done)
		done = record{}
		require.False(t, Receive(deaf{t}, 1, "f()", holding(2, false), "1", "3", "4"))
		require.Equal(t, [][]string{{"1", "receive number 2 from f()", "2", "3"}}, saidOf(done))
	})
}

func TestDrain(t *testing.T) {
	defer func(before record) { done = before }(done)
	for _, c := range []struct {
		ch   func() <-chan int
		want [][]string // arguments of the findings
	}{
		{func() <-chan int { return holding(3, false) }, nil},
		{func() <-chan int { return holding(4, false) }, [][]string{{"3", "f() goes on handing over values"}}},
		{func() <-chan int { return holding(2, true) }, [][]string{{"3", "receive from f()", "nothing", "closed"}}},
		{func() <-chan int {
			ch := make(chan int)
			time.AfterFunc(time.Second, func() { close(ch) })
			return ch
		}, [][]string{{"3", "time until f() is closed", "1s", "0s"}}},
	} {
		synctest.Test(t, func(t *testing.T) {
			done = record{}
			Drain(deaf{t}, 3, "f()", c.ch(), 3)
			require.Equal(t, c.want, saidOf(done))
		})
	}
}

// saidOf returns the arguments of each finding.
func saidOf(r record) (all [][]string) {
	for _, f := range r.Findings {
		all = append(all, f.Args)
	}
	return all
}

// Who goes on after cancel for a while is seen, and who stops at once; who does so now
// and then has as many chances as a coin needs, and the first that is good enough counts.
func TestFewestAfterCancel(t *testing.T) {
	for _, c := range []struct{ few, left, fewest, tries int }{
		{0, 0, 0, 1},
		{0, 3, 3, 16},
		{3, 3, 3, 1},
	} {
		tries := 0
		fewest := fewestAfterCancel(t, 2, c.few, func(context.Context) <-chan int {
			tries++
			return holding(2+c.left, false)
		})
		require.Equal(t, []int{c.fewest, c.tries}, []int{fewest, tries})
	}
}

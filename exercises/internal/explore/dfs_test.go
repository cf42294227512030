package explore

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// interleavings runs st on two goroutines of n steps each and returns the
// orders that it tried.
func interleavings(st strategy, n int) map[string]int {
	orders := map[string]int{}
	for st.begin() {
		orders[interleave(st, n)]++
		st.end()
	}
	return orders
}

func interleave(st strategy, n int) (order string) {
	left := map[int]int{1: n, 2: n}
	last := 0
	for left[1]+left[2] > 0 {
		d := decision{current: -1, state: uint64(left[1]*100 + left[2])}
		for _, g := range []int{last, 1, 2} {
			if left[g] > 0 && (len(d.options) == 0 || d.options[0] != g) {
				d.options = append(d.options, g)
			}
		}
		if left[last] > 0 {
			d.current = 0
		}
		last = d.options[0]
		if len(d.options) > 1 {
			last = d.options[st.choose(d)]
		}
		left[last]--
		order += fmt.Sprint(last)
	}
	return order
}

func TestDepthFirstTriesEachScheduleOnce(t *testing.T) {
	// One goroutine's 3 steps are cut in at most as many pieces as there are
	// turns: 2 orders without preemption, 2*2 more with one, and so on.
	for bound, want := range []int{2, 6, 14, 18, 20} {
		dfs := newDFS(bound, 1000)
		orders := interleavings(dfs, 3)
		require.Len(t, orders, want, "bound %d: %v", bound, orders)
		for order, times := range orders {
			require.Equal(t, 1, times, order)
		}
		require.True(t, dfs.complete())
		require.Equal(t, bound == 4, dfs.exhausted(), "bound %d", bound)
	}
}

func TestDepthFirstHasABudget(t *testing.T) {
	require.Len(t, interleavings(newDFS(4, 7), 3), 7)
}

// TestDepthFirstLearnsWhichCasesAreReady: a select of four cases of which the
// second and the third can be taken.
func TestDepthFirstLearnsWhichCasesAreReady(t *testing.T) {
	dfs := newDFS(2, 100)
	var taken []int
	for dfs.begin() {
		d := decision{options: []int{0, 1, 2, 3}, current: -1, cases: true}
		first := dfs.choose(d)
		choice := 1
		if first == 2 {
			choice = 2
		}
		dfs.took(choice)
		dfs.end()
		taken = append(taken, choice)
	}
	require.Equal(t, []int{1, 2, 1}, taken, "one try too many shows that the fourth is not ready")
}

func TestRandomStrategiesAreTheirSeeds(t *testing.T) {
	r := &exploration{seed: 7}
	for _, st := range []func() strategy{
		func() strategy { return &random{left: 50, rng: r.rand(1)} },
		func() strategy { return &pct{left: 50, changes: 2, rng: r.rand(2)} },
	} {
		first, second := interleavings(st(), 4), interleavings(st(), 4)
		require.Equal(t, first, second)
		require.Greater(t, len(first), 10)
	}
}

package explore

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/probe"
)

func TestMerges(t *testing.T) {
	for _, c := range []struct {
		order []int
		want  [][]int
	}{
		{nil, nil},
		{[]int{1, 1, 2}, nil},
		{[]int{1, 2, 1}, [][]int{{1, 1, 2}, {2, 1, 1}}},
		{[]int{1, 2, 2, 3, 1}, [][]int{{1, 1, 2, 2, 3}, {2, 2, 3, 1, 1}}},
		{[]int{1, 2, 1, 2}, [][]int{{1, 1, 2, 2}, {2, 1, 1, 2}, {1, 2, 2, 1}, {1, 1, 2, 2}}},
	} {
		require.Equal(t, c.want, slices.Collect(merges(c.order)), "%v", c.order)
	}
}

func TestReplayFollowsTheRecord(t *testing.T) {
	r := &replay{order: []int{1, 2, 1, 2}, cases: []int{2}}
	require.Equal(t, 1, r.choose(decision{options: []int{2, 1}}))
	r.stepped(1)
	require.Equal(t, 0, r.choose(decision{options: []int{2, 1}}))
	r.stepped(2)
	require.Equal(t, 1, r.choose(decision{options: []int{3, 2}}), "1 cannot go on, so the next")
	require.Equal(t, 2, r.choose(decision{options: []int{0, 1, 2}, cases: true}))
	require.Equal(t, 0, r.choose(decision{options: []int{1, 0}, cases: true}), "beyond the record")
}

func TestRender(t *testing.T) {
	steps := []probe.Step{
		{Goroutine: 2, File: "b.go", Line: 7, Op: "Lock"},
		{Goroutine: 1, File: "b.go", Line: 18, Op: "send (waits)"},
		{Goroutine: 0, File: "b.go", Line: 5, Op: "go"},
	}
	const want = "" +
		" goroutine 1          goroutine 2          the test\n" +
		"                      b.go:7 Lock\n" +
		" b.go:18 send (waits)\n" +
		"                                           b.go:5 go\n"
	require.Empty(t, render(nil))
	require.Equal(t, want, render(steps))
}

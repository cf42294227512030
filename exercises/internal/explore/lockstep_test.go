package explore

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/sync"
)

// diluted has two goroutines look and change in two steps, among as many steps that do
// nothing as noise says.
func diluted(noise func() int) func(*S) {
	return func(s *S) {
		var mu sync.Mutex
		var idle atomic.Int64
		left := 1
		withdraw := func() {
			for range noise() {
				idle.Add(1)
			}
			mu.Lock()
			enough := left > 0
			mu.Unlock()
			if enough {
				mu.Lock()
				left--
				mu.Unlock()
			}
			for range noise() {
				idle.Add(1)
			}
		}
		s.Go(withdraw)
		s.Go(withdraw)
		s.Wait()
		if left < 0 {
			s.Failf(1, "overdrawn")
		}
	}
}

func TestDiluted(t *testing.T) {
	for _, noise := range []int{0, 30, 300, 900} {
		r := explorationOf(t, diluted(func() int { return noise }))
		require.NotNil(t, r.try(&lockstep{}, 1), "%d steps of noise", noise)
	}
	for _, noise := range []int{1, 30, 150, 400} {
		r := explorationOf(t, diluted(func() int { return rand.IntN(noise) }))
		require.NotNil(t, r.try(&hold{rng: r.rand(1)}, defaults.schedules*stepsPerSchedule/3), "up to %d steps of noise", noise)
	}
}

// TestSomeOfEach: a strategy has its schedules, however long they are.
func TestSomeOfEach(t *testing.T) {
	var idle atomic.Int64
	r := explorationOf(t, func(s *S) {
		for range 100 {
			idle.Add(1)
		}
	})
	require.Nil(t, r.try(&random{left: 50, rng: r.rand(1)}, 1))
	require.Equal(t, someOfEach, r.tried)
}

package explore

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/sync"
)

// TestSlowGivesUp: one of two goroutines gives up when the other has come in
// between six times.
func TestSlowGivesUp(t *testing.T) {
	r := explorationOf(t, func(s *S) {
		var mu sync.Mutex
		var n atomic.Int64
		s.Go(func() {
			for range 12 {
				mu.Lock()
				n.Add(1)
				mu.Unlock()
			}
		})
		s.Go(func() {
			for range 6 {
				if before := n.Load(); n.CompareAndSwap(before, before+1) {
					return
				}
			}
			s.Failf(1, "gave up")
		})
		s.Wait()
	})
	require.NotNil(t, r.try(&slow{left: 10}, 10_000))
	require.Equal(t, 2, r.tried, "the first one that goes slowly has nothing to lose")
}

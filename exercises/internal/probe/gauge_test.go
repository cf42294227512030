package probe

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNextNumbersEveryCall(t *testing.T) {
	const goroutines, calls = 8, 1000
	var gauge Gauge
	var numbers Log[int]
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range calls {
				numbers.Add(gauge.Next())
				gauge.Leave()
			}
		})
	}
	wg.Wait()
	all := numbers.All()
	slices.Sort(all)
	for i, n := range all {
		require.Equal(t, i+1, n)
	}
	require.Equal(t, goroutines*calls, gauge.Total())
	require.Zero(t, gauge.In())
	require.LessOrEqual(t, gauge.Peak(), goroutines)
}

package probe

import (
	"slices"
	"sync"
	"testing"
	"time"

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

// In a process of its own, where nobody has made a timer before.
func TestRendezvous(t *testing.T) {
	if role() == "" {
		output, exit := inChild(t, "meet")
		require.Zero(t, exit, output)
		return
	}
	const n = 8
	r := NewRendezvous(n)
	met := make([]bool, n)
	Parallel(t, n, func(i int) { met[i] = r.Meet(time.Hour) })
	require.NotContains(t, met, false)
	require.False(t, NewRendezvous(2).Meet(time.Millisecond))
}

//go:build unix

package explore

import (
	"math"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/testdata/bugs"
)

// TestSpeed tells how many schedules of a small scenario are tried in a second
// of processor time, which other programs do not take away.
func TestSpeed(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	best := 0.0
	for range 3 {
		r := explorationOf(t, func(s *S) { withdraw(&bugs.Account{Balance: 1})(s) })
		start := processorTime(t)
		require.Nil(t, r.try(&random{left: 1000, rng: r.rand(1)}, math.MaxInt))
		require.Equal(t, 1000, r.conclusive)
		best = max(best, float64(r.tried)/(processorTime(t)-start).Seconds())
	}
	t.Logf("%.0f schedules a second", best)
}

func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

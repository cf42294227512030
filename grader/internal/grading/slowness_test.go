package grading

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSlowness(t *testing.T) {
	require.Equal(t, 1, slowness(func() {}))
	tries := 0
	slow := slowness(func() {
		tries++
		time.Sleep(max(2, time.Duration(5-tries)) * nominal) // the fastest takes 2
	})
	require.GreaterOrEqual(t, slow, 3)
}

func BenchmarkChores(b *testing.B) {
	for b.Loop() {
		chores()
	}
}

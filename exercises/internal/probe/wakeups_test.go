package probe

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// Goroutines that begin to run a thousand times are told from none that do.
func TestWakeUps(t *testing.T) {
	turns := func() {
		ping, pong := make(chan int), make(chan int)
		go func() {
			for i := range ping {
				pong <- i
			}
			close(pong)
		}()
		for i := range 10_000 {
			ping <- i
			<-pong
		}
		close(ping)
		<-pong
	}
	require.Greater(t, WakeUps(turns), 500)
	require.Less(t, WakeUps(runtime.Gosched), 500)
}

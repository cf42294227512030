package probe

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A goroutine that wakes up thousands of times in a day is told from one that wakes up
// at its end, whatever both do before and after.
func TestWakeUps(t *testing.T) {
	tests := []struct {
		name  string
		waits func(day <-chan time.Time)
		often bool
	}{
		{"sleeps", func(day <-chan time.Time) { <-day }, false},
		{"gives way before and after", func(day <-chan time.Time) { giveWay(); <-day; giveWay() }, false},
		{"looks every ten seconds", func(day <-chan time.Time) {
			for tick := time.Tick(10 * time.Second); ; {
				select {
				case <-day:
					return
				case <-tick:
				}
			}
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const day = 24 * time.Hour
				end := time.After(day)
				go tt.waits(end)
				require.Equal(t, tt.often, WakeUps(day-1) > 500)
				time.Sleep(time.Second)
			})
		})
	}
}

func giveWay() {
	for range 10_000 {
		runtime.Gosched()
	}
}
